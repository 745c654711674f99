package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.failures.Failures;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Names the trouble of a connection. Pure, but for the thread's interrupt flag. */
final class Breakage {
    private final Failures failures;
    private final String host;

    Breakage(Failures failures, String host) {
        this.failures = failures;
        this.host = host;
    }

    /**
     * The failure to throw, with its cause unless the cause's text holds a secret: a library may quote what a server
     * sent.
     *
     * @param patience how long the server was allowed to be silent
     */
    ErnieException thrown(IOException trouble, Duration patience, String requestId) {
        ErnieFailure failure = of(trouble, patience, requestId);
        return failures.tellsSecret(trouble.toString())
                ? new ErnieException(failure)
                : new ErnieException(failure, trouble);
    }

    /** The failure to throw when the waiting thread was interrupted; keeps its flag. */
    ErnieException interrupted(String requestId) {
        Thread.currentThread().interrupt();
        return new ErnieException(interruption(requestId));
    }

    private ErnieFailure interruption(String requestId) {
        return failures.lasting(0, "interrupted", "the waiting thread was interrupted", requestId);
    }

    private ErnieFailure of(IOException trouble, Duration patience, String requestId) {
        if (Thread.currentThread().isInterrupted()) {
            return interruption(requestId);
        }
        return switch (trouble) {
            case ConnectException e -> unreachable("no server accepts connections at " + host, requestId);
            case NoRouteToHostException e -> unreachable("no route to " + host, requestId);
            case UnknownHostException e -> unreachable("the name " + host + " is not known; check baseUrl", requestId);
            case SocketTimeoutException e
            when connecting(e) -> unreachable("no connection to " + host + " within connectTimeout", requestId);
            case SocketTimeoutException e ->
                failures.passing("timeout", "no byte from " + host + " for " + patience.toMillis() + " ms", requestId);
            case SSLHandshakeException e
            when cutShort(e) -> failures.passing("cut", host + " hung up while TLS was being agreed on", requestId);
            case SSLHandshakeException e -> untrusted(e, requestId);
            case SSLPeerUnverifiedException e -> untrusted(e, requestId);
            case UnknownServiceException e -> failures.lasting(0, "tls", text(e), requestId);
            case SSLException e -> failures.passing("cut", "TLS with " + host + " broke: " + text(e), requestId);
            default -> failures.passing("cut", "the connection to " + host + " broke: " + text(trouble), requestId);
        };
    }

    private ErnieFailure unreachable(String message, String requestId) {
        return failures.passing("unreachable", message, requestId);
    }

    private ErnieFailure untrusted(SSLException e, String requestId) {
        String remedy = "; check baseUrl, the clock, and the certificates this Java trusts";
        return failures.lasting(0, "tls", "no trusted connection to " + host + ": " + text(e) + remedy, requestId);
    }

    /** A server that restarts hangs up in the middle of a handshake; that says nothing about certificates. */
    private static boolean cutShort(SSLHandshakeException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    /** OkHttp gives both kinds of time-out one type. */
    private static boolean connecting(SocketTimeoutException e) {
        String message = e.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains("connect");
    }

    private static String text(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
