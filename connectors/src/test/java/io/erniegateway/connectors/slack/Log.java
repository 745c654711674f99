package io.erniegateway.connectors.slack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that any library logs, at every level, while it is open. */
final class Log implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    Log() {
        lines.start();
        root.setLevel(Level.TRACE);
        root.addAppender(lines);
    }

    List<String> lines() {
        return List.copyOf(lines.list).stream()
                .map(event ->
                        event.getLoggerName() + " " + event.getFormattedMessage() + text(event.getThrowableProxy()))
                .toList();
    }

    private static String text(@Nullable IThrowableProxy thrown) {
        return thrown == null ? "" : " " + thrown.getMessage() + text(thrown.getCause());
    }

    @Override
    public void close() {
        root.detachAppender(lines);
        root.setLevel(before);
    }
}
