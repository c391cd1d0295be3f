/* Queries - the loop of bench/query_loop.h, for Lucene. */

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.util.QueryBuilder;

/** Round 0 warms up: it is run WARM_ROUNDS times, for the compiler's sake, and not printed. */
final class Queries {
    private static final int TEN = 10;
    private static final int WARM_ROUNDS = 3;
    private final IndexSearcher searcher;
    private final QueryBuilder builder;
    private final QueryParser parser;
    private final UnifiedHighlighter highlighter;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    Queries(String folder, String language) throws Exception {
        Analyzer analyzer = Peer.analyzer(language);
        searcher = Peer.searcher(folder);
        searcher.setQueryCache(null); /* a query that comes again is work again, as for all */
        builder = new QueryBuilder(analyzer);
        parser = new QueryParser("text", analyzer);
        highlighter = new UnifiedHighlighter(searcher, analyzer);
        highlighter.setMaxLength(Integer.MAX_VALUE - 1);
    }

    void loop(String path, int rounds) throws Exception {
        List<String> lines = Files.readAllLines(Paths.get(path), StandardCharsets.UTF_8);
        PrintStream out = Peer.output();
        for (int round = rounds > 0 ? 1 - WARM_ROUNDS : 0; round <= rounds; round++)
            for (String line : lines)
                if (!line.isEmpty())
                    runLine(line, round, out);
        out.flush();
    }

    private void runLine(String line, int round, PrintStream out) throws Exception {
        int tab = line.indexOf('\t');
        String kind = line.substring(0, tab);
        String operation = kind.substring(0, kind.indexOf(':'));
        long wall = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long found = run(operation, line.substring(tab + 1));
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        wall = System.nanoTime() - wall;
        if (round > 0)
            out.println(kind + "\t" + round + "\t" + cpu + "\t" + wall + "\t" + found);
    }

    private long run(String operation, String text) throws Exception {
        Query query = query(operation, text);
        if (query == null) /* stop words alone: its analyser leaves nothing to look for */
            return 0;
        if (operation.equals("count") || operation.equals("match"))
            return searcher.count(query);
        TopDocs top = operation.equals("sort")
            ? searcher.search(query, TEN, new Sort(new SortField("day", SortField.Type.LONG, true)))
            : searcher.search(query, TEN);
        return highlighter.highlight("text", query, top, 1).length;
    }

    private Query query(String operation, String text) throws Exception {
        switch (operation) {
        case "phrase":
        case "count":
            return builder.createPhraseQuery("text", text);
        case "tag":
            return new TermQuery(new Term("tag", text.toLowerCase(Locale.ROOT)));
        case "bool":
            return parser.parse(text);
        case "date":
            return dated(text);
        case "prefix":
            return new PrefixQuery(new Term("text", text.substring(0, text.length() - 1)));
        default:
            return builder.createBooleanQuery("text", text);
        }
    }

    private Query dated(String text) {
        int dots = text.indexOf("..");
        int space = text.indexOf(' ');
        long first = Build.day(text.substring(0, dots));
        long last = Build.day(text.substring(dots + 2, space));
        Query range = new IndexOrDocValuesQuery(LongPoint.newRangeQuery("day", first, last),
            NumericDocValuesField.newSlowRangeQuery("day", first, last));
        Query words = builder.createBooleanQuery("text", text.substring(space + 1));
        if (words == null)
            return range;
        return new BooleanQuery.Builder()
            .add(words, BooleanClause.Occur.MUST)
            .add(range, BooleanClause.Occur.FILTER)
            .build();
    }
}
