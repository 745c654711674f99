package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.telegram.FormattedText.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The one form in which the server keeps entities (fix_entities of tdlib's MessageEntity.cpp): links, code and the like
 * do not overlap each other, nor do quotes; what crosses a quote's border is dropped; styles of a kind are joined, and
 * cut out of code.
 */
final class NormalForm {

    private static final Comparator<Entity> ORDER = Comparator.comparingInt(Entity::offset)
            .thenComparing(Comparator.comparingInt(Entity::length).reversed())
            .thenComparing(Entity::type);

    private NormalForm() {}

    static List<Entity> of(int textLength, List<Entity> given) {
        List<Entity> sorted = given.stream().sorted(ORDER).toList();
        List<Entity> quotes = apart(
                sorted.stream().filter(e -> FormattedText.isQuote(e.type())).toList());
        List<Entity> solid = apart(sorted.stream()
                        .filter(e -> !FormattedText.isQuote(e.type()) && !FormattedText.STYLES.contains(e.type()))
                        .toList())
                .stream()
                .filter(e -> quotes.stream().noneMatch(quote -> crosses(e, quote)))
                .toList();
        List<Entity> normal = new ArrayList<>(quotes);
        normal.addAll(solid);
        for (String style : FormattedText.STYLES) {
            addStyle(style, textLength, sorted, solid, normal);
        }
        normal.sort(ORDER);
        return normal;
    }

    private static List<Entity> apart(List<Entity> sorted) {
        List<Entity> kept = new ArrayList<>();
        int end = 0;
        for (Entity entity : sorted) {
            if (entity.offset() >= end) {
                kept.add(entity);
                end = entity.end();
            }
        }
        return kept;
    }

    private static boolean crosses(Entity e, Entity quote) {
        boolean overlaps = e.offset() < quote.end() && quote.offset() < e.end();
        boolean inside = quote.offset() <= e.offset() && e.end() <= quote.end();
        return overlaps && !inside;
    }

    private static void addStyle(
            String style, int textLength, List<Entity> sorted, List<Entity> solid, List<Entity> normal) {
        boolean[] on = new boolean[textLength + 1];
        sorted.stream().filter(e -> e.type().equals(style)).forEach(e -> fill(on, e, true));
        solid.stream().filter(e -> FormattedText.isCode(e.type())).forEach(e -> fill(on, e, false));
        int start = -1;
        for (int i = 0; i <= textLength; i++) {
            if (on[i] && start < 0) {
                start = i;
            } else if (!on[i] && start >= 0) {
                normal.add(new Entity(style, start, i - start, ""));
                start = -1;
            }
        }
    }

    private static void fill(boolean[] on, Entity entity, boolean value) {
        Arrays.fill(on, entity.offset(), entity.end(), value);
    }
}
