/* Articles - the keys of JSON lines that an index wants, read. */

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of JSON: an object; texts and lists of texts are kept, the rest is passed over. */
final class Articles {
    private final String line;
    private int at;

    private Articles(String line) {
        this.line = line;
    }

    /** Keys with a list of one text or many; null if the line is no object. */
    static Map<String, List<String>> read(String line) {
        try {
            return new Articles(line).object();
        } catch (RuntimeException broken) {
            return null;
        }
    }

    static String first(Map<String, List<String>> article, String key) {
        List<String> texts = article.get(key);
        return texts == null || texts.isEmpty() ? "" : texts.get(0);
    }

    private Map<String, List<String>> object() {
        Map<String, List<String>> out = new HashMap<>();
        expect('{');
        while (next() != '}') {
            String key = text();
            expect(':');
            List<String> texts = new ArrayList<>();
            value(texts, 0);
            out.put(key, texts);
            if (next() == ',')
                at++;
        }
        return out;
    }

    private void value(List<String> texts, int depth) {
        char c = next();
        if (c == '"') {
            String text = text();
            if (texts != null)
                texts.add(text);
        } else if (c == '[') {
            at++;
            while (next() != ']') {
                value(depth == 0 ? texts : null, depth + 1);
                if (next() == ',')
                    at++;
            }
            at++;
        } else if (c == '{') {
            at++;
            while (next() != '}') {
                text();
                expect(':');
                value(null, depth + 1);
                if (next() == ',')
                    at++;
            }
            at++;
        } else {
            while (",]}".indexOf(line.charAt(at)) < 0)
                at++;
        }
    }

    private char next() {
        while (Character.isWhitespace(line.charAt(at)))
            at++;
        return line.charAt(at);
    }

    private void expect(char wanted) {
        if (next() != wanted)
            throw new IllegalArgumentException();
        at++;
    }

    private String text() {
        expect('"');
        int end = at;
        while (line.charAt(end) != '"' && line.charAt(end) != '\\')
            end++;
        if (line.charAt(end) == '"') {
            String plain = line.substring(at, end);
            at = end + 1;
            return plain;
        }
        StringBuilder out = new StringBuilder();
        char c;
        while ((c = line.charAt(at++)) != '"')
            out.append(c == '\\' ? escaped() : c);
        return out.toString();
    }

    private char escaped() {
        char c = line.charAt(at++);
        switch (c) {
        case 'n':
            return '\n';
        case 't':
            return '\t';
        case 'r':
            return '\r';
        case 'b':
        case 'f':
            return ' ';
        case 'u':
            at += 4;
            return (char) Integer.parseInt(line.substring(at - 4, at), 16);
        default:
            return c;
        }
    }
}
