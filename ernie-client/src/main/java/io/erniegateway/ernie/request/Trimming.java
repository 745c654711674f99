package io.erniegateway.ernie.request;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.Window;
import io.erniegateway.ernie.request.History.Exchange;
import java.util.List;
import java.util.Optional;

/** Makes a history fit, by whole exchanges from the front. The last one always stays. Pure. */
final class Trimming {
    /** No page says what a picture costs; this is what models of that kind usually count. */
    private static final int TOKENS_OF_IMAGE = 1500;

    private Trimming() {}

    /** How much something takes of a window. */
    private record Size(long tokens, long characters) {
        Size plus(Size other) {
            return new Size(tokens + other.tokens, characters + other.characters);
        }

        Size minus(Size other) {
            return new Size(tokens - other.tokens, characters - other.characters);
        }

        boolean fits(Window window) {
            return (window.tokens() == 0 || tokens <= window.tokens())
                    && (window.characters() == 0 || characters <= window.characters());
        }
    }

    static History toWindow(History history, ChatRequest request, Window window) {
        if (window.equals(Window.UNKNOWN)) {
            return history;
        }
        List<Size> sizes = history.exchanges().stream().map(Trimming::size).toList();
        Size all = sizes.stream().reduce(fixed(request), Size::plus);
        int dropped = 0;
        while (dropped < sizes.size() - 1 && !all.fits(window)) {
            all = all.minus(sizes.get(dropped));
            dropped++;
        }
        return history.without(dropped);
    }

    /** The newer half by tokens, at least one exchange shorter; empty if only one is left. */
    static Optional<History> half(History history) {
        List<Size> sizes = history.exchanges().stream().map(Trimming::size).toList();
        if (sizes.size() < 2) {
            return Optional.empty();
        }
        long all = sizes.stream().mapToLong(Size::tokens).sum();
        long left = all;
        int dropped = 0;
        while (dropped < sizes.size() - 1 && (dropped == 0 || left > all / 2)) {
            left -= sizes.get(dropped).tokens();
            dropped++;
        }
        return Optional.of(history.without(dropped));
    }

    /** An estimate of the whole input, for a limit on tokens per minute. */
    static long tokens(History history, ChatRequest request) {
        return history.exchanges().stream()
                .map(Trimming::size)
                .reduce(fixed(request), Size::plus)
                .tokens();
    }

    private static Size fixed(ChatRequest request) {
        Size size = size(request.system());
        for (ToolSpec tool : request.tools()) {
            size = size.plus(size(tool.name())).plus(size(tool.description())).plus(size(tool.parameters()));
        }
        return size;
    }

    private static Size size(Exchange exchange) {
        Size size = new Size(0, 0);
        for (Turn turn : exchange.turns()) {
            size = size.plus(size(turn.text())).plus(extras(turn));
        }
        return size;
    }

    private static Size extras(Turn turn) {
        return switch (turn) {
            case Turn.User user ->
                new Size((long) TOKENS_OF_IMAGE * user.images().size(), 0);
            case Turn.Assistant said -> {
                Size size = new Size(0, 0);
                for (ToolCall call : said.calls()) {
                    size = size.plus(size(call.name()))
                            .plus(size(call.arguments()))
                            .plus(size(call.thoughts()));
                }
                yield size;
            }
            case Turn.ToolResult result -> new Size(0, 0);
        };
    }

    private static Size size(String text) {
        return new Size(TokenEstimate.of(text), text.length());
    }
}
