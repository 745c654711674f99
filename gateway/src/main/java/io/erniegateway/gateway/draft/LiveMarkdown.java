package io.erniegateway.gateway.draft;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The showable form of Markdown that is still being written: markers never flash.
 *
 * <p>Only the end of a text can be half written, so only the last block is looked at. What may still become markup is
 * held back (a trailing {@code **}, half a link, a table header whose rule has not come yet); emphasis that is open
 * with text behind it is closed.
 */
final class LiveMarkdown {
    private static final Pattern HALF_FENCE_LINE =
            Pattern.compile("(?:\\A|\\n) {0,3}(?:`{1,2}|~{1,2}|`{3,}[^`\\n]*|~{3,}[^\\n]*)\\z");
    private static final Pattern HALF_LINE_START =
            Pattern.compile("(?:\\A|\\n)[ \\t]*(?:#{1,6}|[-=+*>|:]{1,}|\\d{1,9}[.)]?|[-*+] \\[[ xX]?)[ \\t]*\\z");
    private static final Pattern TRAILING_MARKERS = Pattern.compile("[*_~`\\\\!<&]+\\z");
    private static final Pattern TABLE_RULE =
            Pattern.compile("\\|?[ \\t]*:?-+:?[ \\t]*(?:\\|[ \\t]*:?-+:?[ \\t]*)*\\|?[ \\t]*");
    private static final Pattern RUN = Pattern.compile("`+|\\*{1,3}|_{1,3}|~~|\\\\.");

    private LiveMarkdown() {}

    static String showable(String markdown) {
        Fences fences = Fences.in(markdown, markdown.length());
        if (fences.open() != null) {
            return inFence(markdown);
        }
        int block = Math.max(markdown.lastIndexOf("\n\n") + 1, fences.closedEnd());
        return markdown.substring(0, block) + lastBlock(markdown.substring(block));
    }

    /** An opening line is shown only when complete, and a closing one never as text. */
    private static String inFence(String markdown) {
        Matcher half = HALF_FENCE_LINE.matcher(markdown);
        return half.find() ? markdown.substring(0, half.start()) : markdown;
    }

    private static String lastBlock(String block) {
        String text = holdBackTable(block);
        text = cutAt(HALF_FENCE_LINE, text);
        text = cutAt(HALF_LINE_START, text);
        text = holdBackLink(text);
        text = cutAt(TRAILING_MARKERS, text);
        String closers = closers(text);
        // A closing run must not stand behind white space.
        return closers.isEmpty() ? text : text.stripTrailing() + closers;
    }

    private static String cutAt(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? text.substring(0, matcher.start()) : text;
    }

    /** A table appears with its rule, and grows by whole rows. */
    private static String holdBackTable(String block) {
        int lineStart = block.lastIndexOf('\n') + 1;
        int tableStart = lineStart;
        while (tableStart > 0) {
            int previous = block.lastIndexOf('\n', tableStart - 2) + 1;
            if (!isTableLine(block.substring(previous, tableStart - 1))) {
                break;
            }
            tableStart = previous;
        }
        boolean lastIsTable = isTableLine(block.substring(lineStart));
        if (!lastIsTable && tableStart == lineStart) {
            return block;
        }
        String[] complete = block.substring(tableStart, lineStart).split("\n", -1);
        boolean ruled =
                complete.length > 2 && TABLE_RULE.matcher(complete[1].strip()).matches();
        if (!ruled) {
            return block.substring(0, tableStart);
        }
        return lastIsTable ? block.substring(0, lineStart) : block;
    }

    private static boolean isTableLine(String line) {
        return line.stripLeading().startsWith("|");
    }

    /** {@code [text}, {@code [text](} and {@code [text](url} wait for their end; so does an image. */
    private static String holdBackLink(String text) {
        int open = text.lastIndexOf('[');
        if (open < 0) {
            return text;
        }
        int close = text.indexOf(']', open);
        boolean half = close < 0
                ? text.indexOf('\n', open) < 0
                : close == text.length() - 1 || (text.charAt(close + 1) == '(' && text.indexOf(')', close) < 0);
        if (!half) {
            return text;
        }
        return text.substring(0, open > 0 && text.charAt(open - 1) == '!' ? open - 1 : open);
    }

    /** What closes the emphasis and code spans that are open at the end. */
    private static String closers(String text) {
        Deque<String> open = new ArrayDeque<>();
        Matcher run = RUN.matcher(text);
        int from = 0;
        while (run.find(from)) {
            String marker = run.group();
            from = run.end();
            if (marker.startsWith("\\")) {
                continue;
            }
            if (marker.startsWith("`")) {
                int end = endOfCode(text, marker, from);
                if (end < 0) {
                    open.push(marker);
                    break;
                }
                from = end;
            } else if (marker.equals(open.peek()) && !Character.isWhitespace(text.charAt(run.start() - 1))) {
                open.pop();
            } else if (canOpen(text, run.start(), run.end(), marker)) {
                open.push(marker);
            }
        }
        return String.join("", open);
    }

    private static int endOfCode(String text, String marker, int from) {
        Matcher ticks = Pattern.compile("(?<!`)" + marker + "(?!`)").matcher(text);
        return ticks.find(from) ? ticks.end() : -1;
    }

    private static boolean canOpen(String text, int start, int end, String marker) {
        if (end >= text.length() || Character.isWhitespace(text.charAt(end))) {
            return false;
        }
        boolean wordBefore = start > 0 && Character.isLetterOrDigit(text.charAt(start - 1));
        // snake_case never is emphasis; 5*3 is left alone until a second star comes, too.
        return !(wordBefore && (marker.startsWith("_") || isAsciiWord(text.charAt(start - 1))));
    }

    private static boolean isAsciiWord(char c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }
}
