package io.erniegateway.gateway.metrics;

import io.erniegateway.gateway.events.GatewayEvent;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The gateway's figures. */
public final class Metrics implements Consumer<GatewayEvent>, AutoCloseable {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_]{1,40}");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    @Override
    public void accept(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.Arrived(String bot, var receipt) ->
                count("gateway_updates", "bot", bot, "receipt", lower(receipt));
            case GatewayEvent.Called(String bot, var call, var result, Duration took) ->
                time("gateway_platform_calls", took, "bot", bot, "call", lower(call), "result", lower(result));
            case GatewayEvent.TextShown(String bot, Duration lag, boolean last) ->
                time("gateway_text_lag", lag, "bot", bot, "last", String.valueOf(last));
            case GatewayEvent.PostInDoubt(String bot) -> count("gateway_posts_in_doubt", "bot", bot);
            case GatewayEvent.LimitLearned(String bot, String budget, double share) ->
                count("gateway_limits_learned", "bot", bot, "budget", budget);
            case GatewayEvent.AnswerLost(String bot, String why) -> count("gateway_answers_lost", "bot", bot);
            case GatewayEvent.ModelStarted(String model, Duration after) ->
                time("gateway_model_first_text", after, "model", model);
            case GatewayEvent.TurnEnded(String bot, String ending, Duration took) ->
                time("gateway_turns", took, "bot", bot, "ending", ending);
            case GatewayEvent.ModelFailed(String model, String kind, String code) ->
                count(
                        "gateway_model_failures",
                        "model",
                        model,
                        "kind",
                        kind.toLowerCase(Locale.ROOT),
                        "code",
                        label(code));
        }
    }

    /** A server may say anything; a figure's label stays one of few. */
    private static String label(String code) {
        return CODE.matcher(code).matches() ? code : "other";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void count(String name, String... tags) {
        registry.counter(name, tags).increment();
    }

    private void time(String name, Duration time, String... tags) {
        Timer.builder(name)
                .tags(tags)
                .publishPercentileHistogram(false)
                .register(registry)
                .record(time);
    }

    /** All figures in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
