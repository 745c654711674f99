package io.erniegateway.ernie.failures;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.ClearHistory;
import io.erniegateway.ernie.ErnieFailure.Details;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieFailure.Shorten;
import io.erniegateway.ernie.Quota;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds the failures that a program sees: judged by the table, with a remedy, bounded, and without secrets. */
public final class Failures {
    /** Enough for an operator; a whole HTML page in a log is not. */
    private static final int LONGEST_MESSAGE = 500;

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_REQUEST_ID = 128;

    private static final String V1_GONE =
            "V1 was announced to go offline on 2026-08-31: use dialect QIANFAN_V2 with an API Key and base URL "
                    + Dialect.QIANFAN_V2.publicBaseUrl();

    private final Dialect dialect;
    private final Secrets secrets;

    public Failures(Dialect dialect, Secrets secrets) {
        this.dialect = dialect;
        this.secrets = secrets;
    }

    /** A server's refusal, without a wish of its own about the wait. */
    public ErnieFailure refused(Refusal refusal) {
        return refused(refusal, null);
    }

    /**
     * A server's refusal.
     *
     * @param retryAfter what the server asked for, which wins over the table's wait; null if it did not
     */
    public ErnieFailure refused(Refusal refusal, @Nullable Duration retryAfter) {
        Action action = FailureTable.judge(refusal);
        String code = refusal.code().isEmpty() ? "http_" + refusal.status() : refusal.code();
        Details details = details(refusal.status(), code, withRemedy(refusal, action), refusal.requestId());
        return switch (action) {
            case RETRY -> new RetryLater(details, retryAfter == null ? leastWait(refusal.code()) : retryAfter);
            case REFRESH, FIX_ACCESS -> new FixAccess(details);
            case SHORTEN -> new Shorten(details);
            case CHOOSE_ANOTHER_MODEL -> new ChooseAnotherModel(details);
            case CLEAR_HISTORY -> new ClearHistory(details);
            case GIVE_UP -> new GiveUp(details);
        };
    }

    /** Trouble on the way that may be over soon. */
    public ErnieFailure passing(String code, String message, String requestId) {
        return new RetryLater(details(0, code, message, requestId), null);
    }

    /** Nothing was sent, for it is too early; the same may work after {@code wait}. */
    public ErnieFailure notBefore(Duration wait, String code, String message) {
        return new RetryLater(details(0, code, message, ""), wait);
    }

    /** Trouble on the way that will be the same next time. */
    public ErnieFailure lasting(int status, String code, String message, String requestId) {
        return new GiveUp(details(status, code, message, requestId));
    }

    /** Nobody gets in before an operator has mended something, although no server said so in a code of its own. */
    public ErnieFailure noAccess(int status, String code, String message) {
        return new FixAccess(details(status, code, message, ""));
    }

    /** The server speaks, but not as an ERNIE server: in all likelihood the wrong URL. */
    public ErnieFailure wrongServer(int status, String code, String message) {
        String remedy = dialect == Dialect.QIANFAN_V1 ? V1_GONE : "check baseUrl";
        return new ChooseAnotherModel(details(status, code, message + "; " + remedy, ""));
    }

    /** Whether a fresh access token may cure this failure. */
    public static boolean staleToken(ErnieFailure failure) {
        return FailureTable.rowOf(failure.details().code())
                .filter(row -> row.action() == Action.REFRESH)
                .isPresent();
    }

    /**
     * Whether the account has used up its own limit, as opposed to a server that is overloaded: only the latter says
     * something about the server.
     */
    public static boolean rateLimited(ErnieFailure failure) {
        return failure instanceof RetryLater
                && FailureTable.accountLimit(
                        failure.details().status(), failure.details().code());
    }

    /** The same failure, with what the answer's headers said about the minute. */
    public static ErnieFailure with(ErnieFailure failure, Quota quota) {
        Details was = failure.details();
        Details details = new Details(was.status(), was.code(), was.message(), was.requestId(), quota);
        return switch (failure) {
            case RetryLater later -> new RetryLater(details, later.retryAfter());
            case Shorten shorten -> new Shorten(details);
            case FixAccess access -> new FixAccess(details);
            case ChooseAnotherModel model -> new ChooseAnotherModel(details);
            case ClearHistory history -> new ClearHistory(details);
            case GiveUp lasting -> new GiveUp(details);
        };
    }

    /** Whether a text holds a secret, so that it must not be passed on as it is. */
    public boolean tellsSecret(String text) {
        return !secrets.strike(text).equals(text);
    }

    private static @Nullable Duration leastWait(String code) {
        return FailureTable.rowOf(code).map(FailureTable.Row::leastWait).orElse(null);
    }

    private String withRemedy(Refusal refusal, Action action) {
        String text = refusal.message().isBlank() ? "the server gave no text" : refusal.message();
        boolean gone = action == Action.CHOOSE_ANOTHER_MODEL || refusal.code().equals("6");
        if (dialect == Dialect.QIANFAN_V1 && gone) {
            return text + "; " + V1_GONE;
        }
        if (refusal.status() >= 300 && refusal.status() < 400) {
            return text + "; the server redirects: set baseUrl to where it points";
        }
        return switch (action) {
            case CHOOSE_ANOTHER_MODEL ->
                refusal.status() == 404 && refusal.code().isEmpty()
                        ? text + "; no such path: check baseUrl, which ends before /chat/completions"
                        : text + "; choose a model that the account may use";
            case REFRESH, FIX_ACCESS ->
                FailureTable.aboutSignature(refusal.code())
                        ? text + "; check accessKey and secretKey, and this machine's clock"
                        : text + "; check the key, its permissions and the account's balance";
            case RETRY, SHORTEN, CLEAR_HISTORY, GIVE_UP -> text;
        };
    }

    private Details details(int status, String code, String message, String requestId) {
        return new Details(
                status,
                clean(code, LONGEST_CODE),
                clean(message, LONGEST_MESSAGE),
                clean(requestId, LONGEST_REQUEST_ID));
    }

    /** Strikes secrets first: cut first, half a key would no longer be recognised. */
    private String clean(String text, int longest) {
        String struck = secrets.strike(text).replaceAll("\\p{Cntrl}+", " ").strip();
        if (struck.length() <= longest) {
            return struck;
        }
        int end = Character.isHighSurrogate(struck.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return struck.substring(0, end) + "…";
    }
}
