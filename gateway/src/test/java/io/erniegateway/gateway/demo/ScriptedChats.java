package io.erniegateway.gateway.demo;

import io.erniegateway.connectors.simulated.SimulatedChats;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A platform of one room in memory; the test plays the bot. */
final class ScriptedChats implements SimulatedChats {
    static final String ROOM = "room";

    private final List<Seen> messages = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private Meter meter = new Meter(0, 20, "per minute", 0, 0);
    private boolean broken;

    @Override
    public URI apiBase() {
        return URI.create("http://127.0.0.1:1");
    }

    @Override
    public synchronized void write(String room, String thread, String person, String text) {
        if (broken) {
            throw new IllegalStateException("the simulator is down");
        }
        add(
                room,
                thread,
                person,
                false,
                text,
                "<p>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p>");
    }

    synchronized Seen botSays(String thread, String text, String html) {
        return add(ROOM, thread, "Ernie", true, text, html);
    }

    synchronized void add(String room, String text) {
        add(room, "", "somebody", false, text, "<p>" + text + "</p>");
    }

    private Seen add(String room, String thread, String author, boolean bot, String text, String html) {
        Seen seen = new Seen(room, thread, "m" + messages.size(), author, bot, text, html, 0);
        messages.add(seen);
        tell(new Change.Shown(seen));
        return seen;
    }

    synchronized void edit(Seen seen, String html) {
        int at = messages.indexOf(messages.stream()
                .filter(m -> m.id().equals(seen.id()))
                .findFirst()
                .orElseThrow());
        Seen edited = new Seen(
                seen.room(),
                seen.thread(),
                seen.id(),
                seen.author(),
                seen.fromBot(),
                html,
                html,
                messages.get(at).revision() + 1);
        messages.set(at, edited);
        tell(new Change.Edited(edited));
    }

    synchronized void delete(Seen seen) {
        messages.removeIf(m -> m.id().equals(seen.id()));
        tell(new Change.Deleted(seen.room(), seen.id()));
    }

    synchronized void busy(String thread, long millis) {
        tell(new Change.Busy(ROOM, thread, millis));
    }

    synchronized void metered(Meter now) {
        meter = now;
        tell(new Change.Metered(now));
    }

    synchronized void breakDown() {
        broken = true;
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    @Override
    public synchronized List<Seen> messages(String room) {
        return messages.stream().filter(m -> m.room().equals(room)).toList();
    }

    @Override
    public Watch watch(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized Meter meter() {
        return meter;
    }

    @Override
    public void close() {}
}
