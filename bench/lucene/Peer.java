/* Peer - the same articles and queries through Lucene 8. */

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.Version;

/** The command line: see usage(). Languages: en ar de es fr hi it ru th zh, else plain words;
 *  "each": every article by its own, for building. */
public final class Peer {
    private static void usage() {
        System.err.println("usage: Peer build FOLDER LANGUAGE < ARTICLES.jsonl\n"
            + "       Peer query FOLDER LANGUAGE QUERIES [ROUNDS]\n"
            + "       Peer run FOLDER LANGUAGE QUERIES.tsv     (a TREC run of 1000)\n"
            + "       Peer version");
        System.exit(2);
    }

    static final String EACH = "each";
    private static final String[] LANGUAGES =
        { "en", "ar", "de", "es", "fr", "hi", "it", "ru", "th", "zh", "ja", "ko" };

    /** The field that holds the text of an article of a language. */
    static String field(String language) {
        return "text_" + language;
    }

    static Analyzer analyzer(String language) {
        switch (language) {
        case EACH:
            Map<String, Analyzer> fields = new HashMap<>();
            for (String one : LANGUAGES)
                fields.put(field(one), analyzer(one));
            return new PerFieldAnalyzerWrapper(new StandardAnalyzer(), fields);
        case "en":
            return new EnglishAnalyzer();
        case "ar":
            return new ArabicAnalyzer();
        case "de":
            return new GermanAnalyzer();
        case "es":
            return new SpanishAnalyzer();
        case "fr":
            return new FrenchAnalyzer();
        case "hi":
            return new HindiAnalyzer();
        case "it":
            return new ItalianAnalyzer();
        case "ru":
            return new RussianAnalyzer();
        case "th":
            return new ThaiAnalyzer();
        case "zh":
        case "ja":
        case "ko":
            return new CJKAnalyzer();
        default:
            return new StandardAnalyzer();
        }
    }

    static IndexSearcher searcher(String folder) throws Exception {
        IndexSearcher out = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Paths.get(folder))));
        out.setSimilarity(Build.BM25);
        return out;
    }

    private static void trec(String folder, String language, String path) throws Exception {
        IndexSearcher searcher = searcher(folder);
        QueryBuilder builder = new QueryBuilder(analyzer(language));
        PrintStream out = output();
        List<String> lines = Files.readAllLines(Paths.get(path), StandardCharsets.UTF_8);
        for (String line : lines) {
            String[] parts = line.split("\t", 2);
            Query query = builder.createBooleanQuery("text", parts[1]);
            if (query == null)
                continue;
            int rank = 0;
            for (ScoreDoc found : searcher.search(query, 1000).scoreDocs)
                out.println(parts[0] + " Q0 " + searcher.doc(found.doc).get("id") + " " + ++rank
                    + " " + found.score + " lucene");
        }
        out.flush();
    }

    static PrintStream output() throws Exception {
        return new PrintStream(new BufferedOutputStream(System.out), false, "UTF-8");
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 1 && args[0].equals("version")) {
            System.out.println(Version.LATEST);
        } else if (args.length == 3 && args[0].equals("build")) {
            Build.run(args[1], args[2]);
        } else if (args.length >= 4 && args[0].equals("query")) {
            int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 3;
            new Queries(args[1], args[2]).loop(args[3], rounds);
        } else if (args.length == 4 && args[0].equals("run")) {
            trec(args[1], args[2], args[3]);
        } else {
            usage();
        }
    }

    private Peer() {
    }
}
