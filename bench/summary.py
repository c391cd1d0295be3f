#!/usr/bin/env python3
"""Make tables and JSON of what scripts/bench has measured.

usage: summary.py RESULTS.tsv [--json FILE]

RESULTS has a line a measurement, tabs between; the first column says what follows:
    info     NAME VALUE
    build    SIZE ENGINE ARTICLES TEXT_BYTES INDEX_BYTES WALL_NS CPU_NS PEAK_BYTES
    part     SIZE ENGINE FILE BYTES                 (of an index)
    query    SIZE ENGINE KIND ROUND CPU_NS WALL_NS FOUND
    process  SIZE ENGINE KIND WALL_NS CPU_NS PEAK_BYTES
    inside   SIZE ENGINE PART WALL_NS               (of a whole process)
    run, answers  FOLDER ENGINE NAME=VALUE ...
    micro    LOOP NS UNIT
Percentiles are of a round, printed is the median of the rounds; +- is half of what lies
between the best and the worst round, in percent of it. xN: times khabar's.
"""
import collections
import json
import statistics
import sys

ENGINES = ["khabar", "fts5", "lucene", "omega", "recoll", "rg", "windows"]
PERCENTILES = (50, 90, 99)


def by_engine(engine):
    return ENGINES.index(engine) if engine in ENGINES else len(ENGINES)


def by_size(size):
    return int(size) if size.isdigit() else 0


def percentile(values, p):
    """The nearest rank: of 100 values the 99th is p99, not the greatest."""
    values = sorted(values)
    return values[max(0, -(-len(values) * p // 100) - 1)]


def middle(values):
    """Median of several runs and its spread in percent."""
    m = statistics.median(values)
    return m, 100 * (max(values) - min(values)) / 2 / m if m else 0.0


def short(number):
    """Three digits that matter, no more."""
    if number >= 100:
        return f"{number:,.0f}"
    if number >= 10:
        return f"{number:.1f}"
    return f"{number:.2f}" if number >= 0.1 else f"{number:.3f}"


def ratio(number, base):
    return f"x{number / base:.2f}" if base else "-"


def table(title, head, rows):
    if not rows:
        return
    print(f"\n{title}\n\n| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def build_tables(lines, out):
    runs = collections.defaultdict(list)
    for size, engine, *numbers in lines:
        runs[size, engine].append([int(n) for n in numbers])
    rows = []
    first = {}
    for (size, engine), all_runs in sorted(
            runs.items(), key=lambda x: (by_size(x[0][0]), by_engine(x[0][1]))):
        articles, text, index = all_runs[0][:3]
        wall, spread = middle([r[3] / 1e9 for r in all_runs])
        cpu = statistics.median(r[4] / 1e9 for r in all_runs)
        peak = statistics.median(r[5] / 1e6 for r in all_runs)
        mb_s = text / 1e6 / wall if wall else 0
        at_first = first.setdefault(engine, wall / articles if articles else 0)
        growth = wall / articles / at_first if at_first else 1
        row = {"size": size, "engine": engine, "articles": articles, "text_bytes": text,
               "index_bytes": index, "wall_s": wall, "spread_percent": spread, "cpu_s": cpu,
               "peak_mb": peak, "articles_s": articles / wall, "mb_s": mb_s,
               "index_per_text": index / text, "per_article_to_first": growth}
        out.append(row)
        rows.append([size, engine, f"{articles / wall:,.0f}", short(mb_s), f"{index / text:.3f}",
                     short(peak), short(cpu), f"{short(wall)} +-{spread:.0f}%", f"{growth:.2f}"])
    table("build", ["articles", "engine", "articles/s", "MB/s of text", "index/text", "peak MB",
                    "CPU s", "wall s", "wall an article to the first size"], rows)


def part_tables(lines, texts, out):
    rows = []
    for size, engine, name, size_bytes in lines:
        text = texts.get(size, 0)
        share = int(size_bytes) / text if text else 0
        out.append({"size": size, "engine": engine, "part": name, "bytes": int(size_bytes),
                    "per_text": share})
        rows.append([size, engine, name, f"{int(size_bytes):,}", f"{share:.3f}"])
    table("parts of an index, as a share of the text", ["articles", "engine", "part", "bytes",
                                                        "of text"], rows)


def query_numbers(lines):
    """(size, kind) -> engine -> {p50 ...} of thread CPU ms."""
    rounds = collections.defaultdict(list)
    walls = collections.defaultdict(list)
    found = collections.defaultdict(list)
    for size, engine, kind, turn, cpu, wall, hits in lines:
        rounds[size, kind, engine, turn].append(int(cpu) / 1e6)
        walls[size, kind, engine].append(int(wall) / 1e6)
        found[size, kind, engine].append(int(hits))
    grouped = collections.defaultdict(list)
    for (size, kind, engine, _), values in rounds.items():
        grouped[size, kind, engine].append(values)
    out = collections.defaultdict(dict)
    for (size, kind, engine), all_rounds in grouped.items():
        row = {"queries": len(all_rounds[0])}
        for p in PERCENTILES:
            row[f"p{p}"], row[f"p{p}_spread"] = middle([percentile(v, p) for v in all_rounds])
        row["mean"] = statistics.fmean(v for values in all_rounds for v in values)
        row["wall_p50"] = percentile(walls[size, kind, engine], 50)
        row["found"] = statistics.fmean(found[size, kind, engine])
        out[size, kind][engine] = row
    return out


def query_tables(lines, out):
    numbers = query_numbers(lines)
    for (size, kind), engines in numbers.items():
        for engine, row in engines.items():
            out.append({"size": size, "kind": kind, "engine": engine, **row})
    for size in sorted({s for s, _ in numbers}, key=by_size):
        kinds = sorted(k for s, k in numbers if s == size)
        engines = sorted({e for k in kinds for e in numbers[size, k]}, key=by_engine)
        rows = []
        for kind in kinds:
            here = numbers[size, kind]
            base = here.get("khabar")
            row = [kind, str(next(iter(here.values()))["queries"])]
            for engine in engines:
                got = here.get(engine)
                if got is None:
                    row.append("-")
                    continue
                text = " / ".join(short(got[f"p{p}"]) for p in PERCENTILES)
                if engine != "khabar" and base:
                    text += f" ({ratio(got['p50'], base['p50'])} {ratio(got['p99'], base['p99'])})"
                row.append(text)
            row.append(f"{max(got['p50_spread'] for got in here.values()):.0f}%")
            row.append(" / ".join(short(here[e]["found"]) if e in here else "-" for e in engines))
            rows.append(row)
        table(f"query, {size} articles: thread CPU ms, p50 / p90 / p99 (p50 and p99 to khabar's)",
              ["kind", "queries"] + engines + ["p50 +-", "found, mean"], rows)
    growth_table(numbers)


def growth_table(numbers):
    sizes = sorted({s for s, _ in numbers}, key=by_size)
    if len(sizes) < 2:
        return
    small, large = sizes[0], sizes[-1]
    engines = sorted({e for row in numbers.values() for e in row}, key=by_engine)
    rows = []
    for kind in sorted(k for s, k in numbers if s == small and (large, k) in numbers):
        row = [kind]
        for engine in engines:
            a, b = numbers[small, kind].get(engine), numbers[large, kind].get(engine)
            row.append(f"{ratio(b['p50'], a['p50'])} {ratio(b['p99'], a['p99'])}"
                       if a and b else "-")
        rows.append(row)
    table(f"growth from {small} to {large} articles: p50 and p99", ["kind"] + engines, rows)


def process_tables(lines, inside, out):
    runs = collections.defaultdict(list)
    for size, engine, kind, *numbers in lines:
        runs[size, kind, engine].append([int(n) for n in numbers])
    rows = []
    for (size, kind, engine), all_runs in sorted(
            runs.items(), key=lambda x: (by_size(x[0][0]), x[0][1], by_engine(x[0][2]))):
        wall, spread = middle([r[0] / 1e6 for r in all_runs])
        worst = percentile([r[0] / 1e6 for r in all_runs], 99)
        cpu = statistics.median(r[1] / 1e6 for r in all_runs)
        peak = statistics.median(r[2] / 1e6 for r in all_runs)
        base = [r[0] / 1e6 for r in runs.get((size, kind, "khabar"), [])]
        out.append({"size": size, "kind": kind, "engine": engine, "runs": len(all_runs),
                    "wall_ms": wall, "wall_p99_ms": worst, "spread_percent": spread,
                    "cpu_ms": cpu, "peak_mb": peak})
        rows.append([size, kind, engine, short(wall), short(worst), short(cpu), short(peak),
                     ratio(wall, statistics.median(base)) if base else "-"])
    table("a whole process: ms", ["articles", "kind", "engine", "wall", "wall p99", "CPU",
                                  "peak MB", "wall to khabar's"], rows)
    parts = collections.defaultdict(list)
    for size, engine, part, wall in inside:
        parts[size, engine, part].append(int(wall) / 1e6)
    rows = []
    for (size, engine, part), values in parts.items():
        wall, spread = middle(values)
        out.append({"size": size, "engine": engine, "part": part, "wall_ms": wall})
        rows.append([size, engine, part, short(wall), f"{spread:.0f}%"])
    table("where a whole process spends its time: wall ms", ["articles", "engine", "part",
                                                             "median", "+-"], rows)


def quality_tables(lines, title, out):
    if not lines:
        return
    names = [pair.split("=")[0] for pair in lines[0][2].split()]
    rows = []
    for folder, engine, pairs in lines:
        values = dict(pair.split("=") for pair in pairs.split())
        out.append({"folder": folder, "engine": engine,
                    **{k: float(v) for k, v in values.items()}})
        rows.append([folder, engine] + [values[n] for n in names])
    table(title, ["folder", "engine"] + names, rows)


def micro_table(lines, out):
    loops = collections.defaultdict(list)
    for loop, ns, unit in lines:
        loops[loop, unit].append(float(ns))
    rows = []
    for (loop, unit), values in loops.items():
        ns, spread = middle(values)
        out.append({"loop": loop, "unit": unit, "ns": ns, "spread_percent": spread})
        rows.append([loop, short(ns), unit, f"{spread:.0f}%"])
    table("inner loops", ["loop", "ns", "a", "+-"], rows)


def main():
    if len(sys.argv) not in (2, 4) or (len(sys.argv) == 4 and sys.argv[2] != "--json"):
        sys.exit(__doc__)
    lines = collections.defaultdict(list)
    for line in open(sys.argv[1], encoding="utf-8"):
        what, *columns = line.rstrip("\n").split("\t")
        lines[what].append(columns)
    out = collections.defaultdict(list)
    out["info"] = dict(lines["info"])
    for name, value in lines["info"]:
        print(f"{name}: {value}")
    texts = {size: int(numbers[1]) for size, _, *numbers in lines["build"]}
    build_tables(lines["build"], out["build"])
    part_tables(lines["part"], texts, out["part"])
    query_tables(lines["query"], out["query"])
    process_tables(lines["process"], lines["inside"], out["process"])
    quality_tables(lines["run"], "quality of rankings", out["run"])
    quality_tables(lines["answers"], "quality of passages", out["answers"])
    micro_table(lines["micro"], out["micro"])
    if len(sys.argv) == 4:
        with open(sys.argv[3], "w", encoding="utf-8") as file:
            json.dump(out, file, ensure_ascii=False, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
