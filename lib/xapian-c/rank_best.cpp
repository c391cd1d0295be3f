/* rank_best - the best so far, and the weight below which nothing is looked at. */
#include "rank_best.hpp"

#include <algorithm>
#include <functional>

void kh::Best::add(uint32_t document, double weight)
{
    if (weight < least || wanted == 0)
        return;
    kept.push_back({ document, weight });
    if (wanted == all)
        return;
    if (heap.size() < wanted) {
        heap.push_back(weight);
        std::push_heap(heap.begin(), heap.end(), std::greater<>());
    } else if (weight > heap.front()) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>());
        heap.back() = weight;
        std::push_heap(heap.begin(), heap.end(), std::greater<>());
    }
    if (heap.size() == wanted)
        least = std::max(least, heap.front());
    if (kept.size() >= room)
        drop_the_rest();
}

void kh::Best::drop_the_rest()
{
    double last = least;
    kept.erase(std::remove_if(kept.begin(), kept.end(),
                              [last](const kh_match &m) { return m.weight < last; }),
               kept.end());
    room = std::max(room, kept.size() * 2);
}

std::vector<kh_match> kh::Best::take()
{
    drop_the_rest();
    std::sort(kept.begin(), kept.end(), [](const kh_match &a, const kh_match &b) {
        return a.weight != b.weight ? a.weight > b.weight : a.document < b.document;
    });
    return std::move(kept);
}
