package io.erniegateway.ernie.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The things used last, by key, at most so many: what was not used for long is forgotten and made anew. Thread-safe. */
final class Recent<K, V> {
    private final Function<K, V> maker;
    private final Map<K, V> byKey;

    Recent(int most, Function<K, V> maker) {
        this.maker = maker;
        this.byKey = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized V get(K key) {
        return byKey.computeIfAbsent(key, maker);
    }
}
