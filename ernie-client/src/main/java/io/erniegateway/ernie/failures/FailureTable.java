package io.erniegateway.ernie.failures;

import static io.erniegateway.ernie.failures.Action.CHOOSE_ANOTHER_MODEL;
import static io.erniegateway.ernie.failures.Action.CLEAR_HISTORY;
import static io.erniegateway.ernie.failures.Action.FIX_ACCESS;
import static io.erniegateway.ernie.failures.Action.GIVE_UP;
import static io.erniegateway.ernie.failures.Action.REFRESH;
import static io.erniegateway.ernie.failures.Action.RETRY;
import static io.erniegateway.ernie.failures.Action.SHORTEN;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every code that Baidu documents, as data: V1's numbers, V2's names, OAuth's. Codes are compared without case.
 * Everything undocumented is judged by type, then by its text, then by its HTTP status.
 */
public final class FailureTable {

    /**
     * @param code lower case
     * @param leastWait how long to wait when the server does not say so itself; null for the usual backoff
     */
    record Row(String code, Action action, @Nullable Duration leastWait) {}

    /** Baidu counts by the minute and refills within 0 to 60 s. */
    private static final Duration MINUTE_WINDOW = Duration.ofSeconds(60);

    /** A limit by the second: longer than the usual first backoff. */
    private static final Duration SECOND_WINDOW = Duration.ofSeconds(2);

    private static final List<Row> ROWS = List.of(
            // V1, section "error codes" of Baidu's page tlmyncueh and its Python SDK.
            row("1", RETRY),
            row("2", RETRY),
            row("3", CHOOSE_ANOTHER_MODEL),
            row("4", RETRY),
            row("6", FIX_ACCESS),
            row("13", REFRESH),
            row("14", FIX_ACCESS),
            row("15", RETRY), // "app does not exist", yet the page says that a retry cures it
            row("17", FIX_ACCESS), // daily limit, service not paid for, or account in arrears
            row("18", RETRY, SECOND_WINDOW),
            row("19", FIX_ACCESS),
            row("100", REFRESH),
            row("110", REFRESH),
            row("111", REFRESH),
            row("336000", RETRY),
            row("336001", GIVE_UP),
            row("336002", GIVE_UP),
            row("336003", GIVE_UP), // or too long, by its text: see judge()
            row("336004", FIX_ACCESS),
            row("336005", CHOOSE_ANOTHER_MODEL),
            row("336006", SHORTEN),
            row("336007", SHORTEN),
            row("336100", RETRY),
            row("336101", GIVE_UP),
            row("336102", GIVE_UP),
            row("336103", SHORTEN),
            row("336104", CLEAR_HISTORY), // `system` is unsafe
            row("336105", CLEAR_HISTORY), // the user setting is unsafe
            row("336200", GIVE_UP), // no text is known of this and the next three
            row("336303", GIVE_UP),
            row("336304", GIVE_UP),
            row("336305", GIVE_UP),
            row("336500", RETRY), // no text is known; the family is about rates
            row("336501", RETRY, MINUTE_WINDOW),
            row("336502", RETRY, MINUTE_WINDOW),
            row("336503", RETRY),
            row("500000", RETRY),
            // V2, Baidu's pages Om9b4yj3w and rmwbl43x7.
            row("malformed_json", GIVE_UP),
            row("invalid_model", CHOOSE_ANOTHER_MODEL), // 400 unknown, 401 not granted: another model helps in both
            row("invalid_messages", GIVE_UP), // unsafe ones carry the type unsafe_request
            row("invalid_argument", GIVE_UP),
            row("invalid_plugin_argument", GIVE_UP),
            row("invalid_image_generation_prompt", GIVE_UP),
            row("invalid_image_url", GIVE_UP),
            row("image_url_unsafe", CLEAR_HISTORY),
            row("characters_too_long", SHORTEN),
            row("tokens_too_long", SHORTEN),
            row("invalid_iam_token", REFRESH),
            row("no_parameter_permission", FIX_ACCESS),
            row("invalid_appid", FIX_ACCESS),
            row("system_unsafe", CLEAR_HISTORY),
            row("user_setting_unsafe", CLEAR_HISTORY),
            row("functions_unsafe", CLEAR_HISTORY),
            row("account_overdue", FIX_ACCESS),
            row("model_offline", CHOOSE_ANOTHER_MODEL),
            row("accessdenied", FIX_ACCESS),
            row("method_not_supported", GIVE_UP),
            row("rpm_rate_limit_exceeded", RETRY, MINUTE_WINDOW),
            row("tpm_rate_limit_exceeded", RETRY, MINUTE_WINDOW),
            row("input_tpm_rate_limit_exceeded", RETRY, MINUTE_WINDOW),
            row("output_tpm_rate_limit_exceeded", RETRY, MINUTE_WINDOW),
            row("user_rate_limit_exceeded", RETRY),
            row("preemptible_rate_limit_exceeded", RETRY),
            row("cluster_rate_limit_exceeded", RETRY),
            row("cluster_rpm_rate_limit_exceeded", RETRY, MINUTE_WINDOW),
            row("cluster_tpm_rate_limit_exceeded", RETRY, MINUTE_WINDOW),
            row("offline_batch_reasoning_refused", RETRY),
            row("coding_plan_rate_limit_exceeded", RETRY),
            row("coding_plan_cluster_rate_limited", RETRY),
            row("coding_plan_subscription_expired", FIX_ACCESS),
            row("internal_error", RETRY),
            row("dispatch_internal_error", RETRY),
            row("image_generation_interal_error", RETRY), // Baidu's spelling
            // OAuth (RFC 6749), and the signature's gateway (X-Bce-Error-Code).
            row("invalid_client", FIX_ACCESS),
            row("unauthorized_client", FIX_ACCESS),
            row("invalid_grant", FIX_ACCESS),
            row("invalid_scope", FIX_ACCESS),
            row("unsupported_grant_type", GIVE_UP),
            row("invalid_request", GIVE_UP),
            row("signaturedoesnotmatch", FIX_ACCESS),
            row("notfound", FIX_ACCESS), // "credential not found"
            row("invalidaccesskeyid", FIX_ACCESS), // this and the next two: Baidu's common codes, page Rjx4d0rxo
            row("invalidhttpauthheader", FIX_ACCESS),
            row("requestexpired", FIX_ACCESS), // a new signature of the same clock would have expired too
            // Self-hosted servers that follow OpenAI's names.
            row("context_length_exceeded", SHORTEN),
            row("model_not_found", CHOOSE_ANOTHER_MODEL),
            row("invalid_api_key", FIX_ACCESS),
            row("insufficient_quota", FIX_ACCESS));

    /** What wrong IAM keys and a wrong clock look like; the last is V1's "IAM certification failed". */
    private static final Set<String> ABOUT_SIGNATURE = Set.of(
            "signaturedoesnotmatch", "notfound", "invalidaccesskeyid", "invalidhttpauthheader", "requestexpired", "14");

    private static final Map<String, Row> BY_CODE = index(ROWS);

    /** V2's {@code error.type}, for codes that nobody documented. */
    private static final Map<String, Action> BY_TYPE = Map.of(
            "unsafe_request", CLEAR_HISTORY,
            "access_denied", FIX_ACCESS,
            "rate_limit_exceeded", RETRY,
            "internal_error", RETRY,
            "exceed_context_size_error", SHORTEN); // llama.cpp

    /** vLLM, FastDeploy and llama.cpp tell an overflow only by text; V1's 336003 does so too. */
    private static final Pattern TOO_LONG = Pattern.compile(
            "too long|maximum context|context length|context size|max_model_len|too many tokens|max input"
                    + "|exceed\\w* .{0,40}(context|max input|characters)|超过.{0,20}(长度|字符)",
            Pattern.CASE_INSENSITIVE);

    /** V1's 336003 also says what 336006 says: the count of messages must be odd. */
    private static final Pattern ODD = Pattern.compile("\\bodd\\b|奇数", Pattern.CASE_INSENSITIVE);

    /** A status that a self-hosted server puts into an error object inside of a stream, whose own status is 200. */
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");

    private static final Pattern BUSY = Pattern.compile(
            "limit|high load|overload|too many|time.?out|try again|busy|unavailable", Pattern.CASE_INSENSITIVE);

    /** V1's, which have no status: by the second, by the minute, and the undocumented ones of the same family. */
    private static final Set<String> ACCOUNT_LIMITS = Set.of("18", "336500", "336501", "336502", "336503");

    private FailureTable() {}

    static Optional<Row> rowOf(String code) {
        return Optional.ofNullable(BY_CODE.get(code.toLowerCase(Locale.ROOT)));
    }

    /** Whether an IAM signature was refused. */
    static boolean aboutSignature(String code) {
        return ABOUT_SIGNATURE.contains(code.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a refusal is about the account's own limit (V1's 18 and 3365xx, V2's 429) and not about the load of the
     * whole cluster (V1's 4 and 336100, V2's {@code …cluster…}).
     */
    static boolean accountLimit(int status, String code) {
        String name = code.toLowerCase(Locale.ROOT);
        if (name.contains("cluster")) {
            return false;
        }
        return status == 429 || ACCOUNT_LIMITS.contains(name) || name.endsWith("rate_limit_exceeded");
    }

    /** What to do about a refusal. */
    static Action judge(Refusal refusal) {
        if (refusal.type().equalsIgnoreCase("unsafe_request")) {
            return CLEAR_HISTORY;
        }
        Optional<Row> row = rowOf(refusal.code());
        if (row.isPresent()) {
            boolean repairable = row.get().code().equals("336003")
                    && (tooLong(refusal) || ODD.matcher(refusal.message()).find());
            return repairable ? SHORTEN : row.get().action();
        }
        Action byType = BY_TYPE.get(refusal.type().toLowerCase(Locale.ROOT));
        if (byType != null) {
            return byType;
        }
        return byStatusAndText(refusal);
    }

    private static Action byStatusAndText(Refusal refusal) {
        String code = refusal.code().toLowerCase(Locale.ROOT);
        int status =
                refusal.status() == 200 && STATUS.matcher(code).matches() ? Integer.parseInt(code) : refusal.status();
        if (code.startsWith("coding_plan_subscription")) {
            return FIX_ACCESS;
        }
        if (code.endsWith("rate_limit_exceeded") || code.endsWith("internal_error")) {
            return RETRY;
        }
        if (status == 413 || ((status == 400 || status == 422 || status == 200) && tooLong(refusal))) {
            return SHORTEN;
        }
        if (status == 401 || status == 402 || status == 403) {
            return FIX_ACCESS;
        }
        if (status == 404 || status == 410 || (status >= 300 && status < 400)) {
            return CHOOSE_ANOTHER_MODEL;
        }
        if (status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501 && status != 505)) {
            return RETRY;
        }
        // With a real status the text is about the request: "max_tokens is over the limit" will not pass by itself.
        return status == 200 && BUSY.matcher(refusal.message()).find() ? RETRY : GIVE_UP;
    }

    private static boolean tooLong(Refusal refusal) {
        return TOO_LONG.matcher(refusal.message()).find();
    }

    private static Row row(String code, Action action) {
        return new Row(code, action, null);
    }

    private static Row row(String code, Action action, Duration leastWait) {
        return new Row(code, action, leastWait);
    }

    private static Map<String, Row> index(List<Row> rows) {
        Map<String, Row> byCode = new HashMap<>();
        for (Row row : rows) {
            if (byCode.put(row.code(), row) != null) {
                throw new IllegalStateException("code twice in the table: " + row.code());
            }
        }
        return Map.copyOf(byCode);
    }
}
