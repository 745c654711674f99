package io.erniegateway.ernie.simulated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The script for people: answers in the question's language, Chinese or English, chosen by keywords, and says each time
 * that no model is answering. The texts are in {@code demo.zh.md} and {@code demo.en.md} beside this class, one section
 * after each line {@code %% name}.
 */
public final class DemoScript implements Script {
    /** Longer than a message of any chat platform, so that the answer has to be split. */
    private static final int LONG_CHARACTERS = 6_500;

    /** A quotation longer than this would drown the answer. */
    private static final int LONGEST_QUOTATION = 300;

    /** In this order; the first that fits. */
    private enum Topic {
        MEMORY(
                "what did i (just )?(say|ask)|my (last|previous) (question|message)|do you remember|(刚才|之前|上次|前面).{0,4}(说|问|提)|记得"),
        LONG("\\blong(er)?\\b|essay|长文|长篇|很长|长一点|详细"),
        THINK("\\bthink\\b|reason|思考|推理|想一想"),
        SHOWCASE("markdown|table|code|list|feature|what can you|表格|代码|列表|功能|格式|能做什么|示例"),
        GREETING("^\\W*(hi|hello|hey|good (morning|evening))\\b|^\\W*/start|你好|您好|嗨|在吗"),
        OTHER("");

        private final Pattern words;

        Topic(String words) {
            this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        }

        static Topic of(String text) {
            for (Topic topic : values()) {
                if (topic.words.matcher(text).find()) {
                    return topic;
                }
            }
            return OTHER;
        }
    }

    private final Map<String, String> chinese = sections("demo.zh.md");
    private final Map<String, String> english = sections("demo.en.md");

    @Override
    public Reply answer(Question question) {
        String asked = question.lastUserText();
        Map<String, String> texts = isChinese(asked) ? chinese : english;
        return switch (Topic.of(asked)) {
            case MEMORY -> Reply.of(memory(texts, question));
            case LONG -> Reply.of(longText(texts));
            case THINK -> Reply.of(text(texts, "thought")).thinking(text(texts, "thinking"));
            case SHOWCASE -> Reply.of(text(texts, "showcase"));
            case GREETING -> Reply.of(text(texts, "greeting"));
            case OTHER -> Reply.of(text(texts, "other").replace("{question}", quotation(asked)));
        };
    }

    private static String memory(Map<String, String> texts, Question question) {
        List<String> earlier = question.earlierUserTexts();
        return earlier.isEmpty()
                ? text(texts, "no-memory")
                : text(texts, "memory")
                        .replace("{count}", Integer.toString(earlier.size()))
                        .replace("{question}", quotation(earlier.getLast()));
    }

    private static String longText(Map<String, String> texts) {
        StringBuilder whole = new StringBuilder(text(texts, "long-opening"));
        String part = text(texts, "long-part");
        for (int number = 1; whole.length() < LONG_CHARACTERS; number++) {
            whole.append("\n\n").append(part.replace("{number}", Integer.toString(number)));
        }
        return whole.append("\n\n").append(text(texts, "long-end")).toString();
    }

    /** On one line, for a quotation in Markdown. */
    private static String quotation(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_QUOTATION) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST_QUOTATION - 1))
                ? LONGEST_QUOTATION - 1
                : LONGEST_QUOTATION;
        return line.substring(0, end) + "…";
    }

    private static boolean isChinese(String text) {
        return text.codePoints().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.HAN);
    }

    private static String text(Map<String, String> texts, String section) {
        String text = texts.get(section);
        if (text == null) {
            throw new IllegalStateException("the demo's texts have no section " + section);
        }
        return text;
    }

    private static Map<String, String> sections(String resource) {
        Map<String, String> sections = new HashMap<>();
        for (String section : read(resource).split("(?m)^%% ", -1)) {
            int lineEnd = section.indexOf('\n');
            if (lineEnd > 0) {
                sections.put(
                        section.substring(0, lineEnd).strip().toLowerCase(Locale.ROOT),
                        section.substring(lineEnd).strip());
            }
        }
        return Map.copyOf(sections);
    }

    private static String read(String resource) {
        try (InputStream in = DemoScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the demo's texts are missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's texts cannot be read: " + resource, e);
        }
    }
}
