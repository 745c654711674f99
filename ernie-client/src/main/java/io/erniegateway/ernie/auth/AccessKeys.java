package io.erniegateway.ernie.auth;

/**
 * An IAM user's pair of keys, from the console's page "Security Certification". Not an app's API Key and Secret Key,
 * which get an OAuth token.
 */
public record AccessKeys(String accessKey, String secretKey) {

    /** Strips the newline that a key read from a file brings along. */
    public AccessKeys {
        accessKey = checked("accessKey", accessKey);
        secretKey = checked("secretKey", secretKey);
    }

    /** Tells neither key. */
    @Override
    public String toString() {
        return "AccessKeys[***]";
    }

    /** The access key stands in a header, between slashes. */
    private static String checked(String setting, String key) {
        String text = key.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    setting + ": is empty; an IAM signature needs accessKey and secretKey, from the console's security"
                            + " page");
        }
        boolean fits = text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '/');
        if (!fits) {
            throw new IllegalArgumentException(setting + ": holds a character that no key has; copy it again without"
                    + " line breaks and quotation marks");
        }
        return text;
    }
}
