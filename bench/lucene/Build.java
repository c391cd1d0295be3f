/* Build - JSON lines into an index of Lucene: two threads, stored text, one segment. */

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

final class Build {
    static final BM25Similarity BM25 = new BM25Similarity(1.2f, 0.75f);
    private static final int THREADS = 2;
    private static final int BATCH = 256;
    private static final List<String> END = new ArrayList<>();

    /** Days as 20250605; 0 if there is none. */
    static long day(String date) {
        String digits = date.length() < 10 ? "" : date.substring(0, 10).replace("-", "");
        return digits.matches("[0-9]{8}") ? Long.parseLong(digits) : 0;
    }

    static Document document(Map<String, List<String>> article, boolean isEach) {
        Document out = new Document();
        out.add(new StoredField("id", Articles.first(article, "id")));
        out.add(new TextField(isEach ? Peer.field(Articles.first(article, "lang")) : "text",
            Articles.first(article, "title") + "\n" + Articles.first(article, "body"),
            Field.Store.YES));
        for (String tag : article.getOrDefault("tags", new ArrayList<>()))
            out.add(new StringField("tag", tag.toLowerCase(Locale.ROOT), Field.Store.YES));
        long day = day(Articles.first(article, "date"));
        out.add(new LongPoint("day", day));
        out.add(new NumericDocValuesField("day", day));
        return out;
    }

    static void run(String folder, String language) throws Exception {
        Directory directory = FSDirectory.open(Paths.get(folder));
        IndexWriterConfig config = new IndexWriterConfig(Peer.analyzer(language));
        config.setSimilarity(BM25).setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        config.setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            ArrayBlockingQueue<List<String>> queue = new ArrayBlockingQueue<>(16);
            Thread[] threads = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                threads[i] = new Thread(() -> work(queue, writer, language.equals(Peer.EACH)));
                threads[i].start();
            }
            read(queue);
            for (Thread thread : threads)
                thread.join();
            writer.forceMerge(1);
        }
    }

    private static void read(ArrayBlockingQueue<List<String>> queue) throws Exception {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
        List<String> batch = new ArrayList<>();
        String line;
        while ((line = in.readLine()) != null) {
            batch.add(line);
            if (batch.size() == BATCH) {
                queue.put(batch);
                batch = new ArrayList<>();
            }
        }
        queue.put(batch);
        for (int i = 0; i < THREADS; i++)
            queue.put(END);
    }

    private static void work(ArrayBlockingQueue<List<String>> queue, IndexWriter writer,
                             boolean isEach) {
        try {
            List<String> batch;
            while ((batch = queue.take()) != END) {
                for (String line : batch) {
                    Map<String, List<String>> article = Articles.read(line);
                    if (article != null)
                        writer.addDocument(document(article, isEach));
                }
            }
        } catch (Exception trouble) {
            trouble.printStackTrace();
            System.exit(2);
        }
    }

    private Build() {
    }
}
