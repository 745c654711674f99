package io.erniegateway.connectors.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the lines for the life of the process. The chat that was silent longest is forgotten first. */
public final class MemoryTranscript implements Transcript {

    /** More than one small office talks in a day; with full chats about a hundred megabytes. */
    private static final int MAX_CHATS = 1_000;
    /** What somebody still scrolls back to. */
    private static final int MAX_LINES = 200;
    /** One history has to reach a phone in one piece. */
    private static final int MAX_CHARACTERS = 400_000;

    private final Map<String, List<Line>> chats = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Line>> eldest) {
            return size() > MAX_CHATS;
        }
    };

    @Override
    public synchronized void put(String chat, Line line) {
        List<Line> lines = chats.computeIfAbsent(chat, c -> new ArrayList<>());
        lines.add(line);
        trim(lines);
    }

    @Override
    public synchronized boolean update(String chat, Line line) {
        List<Line> lines = chats.getOrDefault(chat, List.of());
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).id().equals(line.id())) {
                lines.set(i, line);
                trim(lines);
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized Optional<Line> line(String chat, String id) {
        return chats.getOrDefault(chat, List.of()).reversed().stream()
                .filter(line -> line.id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized List<Line> lines(String chat) {
        return List.copyOf(chats.getOrDefault(chat, List.of()));
    }

    @Override
    public synchronized void clear(String chat) {
        chats.remove(chat);
    }

    private static void trim(List<Line> lines) {
        int characters = lines.stream().mapToInt(MemoryTranscript::weight).sum();
        while (lines.size() > 1 && (lines.size() > MAX_LINES || characters > MAX_CHARACTERS)) {
            characters -= weight(lines.removeFirst());
        }
    }

    private static int weight(Line line) {
        return line.text().length() + line.html().length();
    }
}
