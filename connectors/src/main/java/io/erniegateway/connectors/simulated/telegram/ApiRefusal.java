package io.erniegateway.connectors.simulated.telegram;

/** Ends a method with a refusal, from however deep. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiReply reply;

    ApiRefusal(ApiReply reply) {
        super(reply.body());
        this.reply = reply;
    }

    static ApiRefusal badRequest(String text) {
        return new ApiRefusal(ApiReply.refused(400, "Bad Request: " + text));
    }

    static ApiRefusal forbidden(String text) {
        return new ApiRefusal(ApiReply.refused(403, "Forbidden: " + text));
    }

    ApiReply reply() {
        return reply;
    }
}
