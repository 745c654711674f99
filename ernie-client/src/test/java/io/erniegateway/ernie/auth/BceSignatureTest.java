package io.erniegateway.ernie.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.auth.BceSignature.Parameter;
import io.erniegateway.ernie.auth.BceSignature.Signed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first two requests and their signatures are Baidu's own example, published with its documentation; all others were
 * computed by an implementation in another language.
 */
class BceSignatureTest {
    private static final String ACCESS_KEY = "a".repeat(32);
    private static final String SECRET_KEY = "b".repeat(32);
    private static final Instant TIME = Instant.parse("2015-04-27T08:23:49Z");
    private static final String PREFIX = BceSignature.prefix(ACCESS_KEY, TIME, Duration.ofMinutes(30));
    private static final String SIGNING_KEY = BceSignature.signingKey(SECRET_KEY, PREFIX);

    @Test
    void the_prefix_and_its_key_are_the_published_ones() {
        assertThat(PREFIX).isEqualTo("bce-auth-v1/" + ACCESS_KEY + "/2015-04-27T08:23:49Z/1800");
        assertThat(SIGNING_KEY).isEqualTo("1d5ce5f464064cbee060330d973218821825ac6952368a482a592e6615aef479");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            published|PUT|/v1/test/myfolder/readme.txt|partNumber=9&uploadId=a44cc9bab11cbd156984767aad637851|host:bj.bcebos.com,x-bce-date:2015-04-27T08:23:49Z|1b8de5a23a56eef657c69f94c621e7acd227d049a4ba577f537d5e5cebf0cf32
            published, usual headers|PUT|/v1/test/myfolder/readme.txt|partNumber=9&uploadId=a44cc9bab11cbd156984767aad637851|host:bj.bcebos.com,x-bce-date:2015-04-27T08:23:49Z,content-length:8,content-md5:NFzcPqhviddjRNnSOGo4rw==,content-type:text/plain|d74a04362e6a848f5b39b15421cb449427f419c95a480fd6b8cf9fc783e2999e
            chat|POST|/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/completions_pro||host:aip.baidubce.com,x-bce-date:2015-04-27T08:23:49Z|382cfc67a9e323aa46b712de3fbbe6e37c751d62601541ce6691fdf2f25dd937
            bearer|GET|/v1/BCE-BEARER/token|expireInSeconds=86400|host:iam.bj.baidubce.com,x-bce-date:2015-04-27T08:23:49Z|9456d28f8c79bbe7e676c7719b07b11b6678581895c544e2e38ade31d01bffd1
            bearer, host only|GET|/v1/BCE-BEARER/token|expireInSeconds=86400|host:iam.bj.baidubce.com|ec7f13b3e82676a488e98d98059da219c5b76be7f1a71b1dabd468da2ec12c30
            colon before the port|POST|/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/completions_pro||host:127.0.0.1:8080,x-bce-date:2015-04-27T08:23:49Z|be470ae5239d808395d0bfca76bbd6af661c5a0e31f0440ae8f5404c0f168b6e
            Chinese, spaces, plus signs|GET|/v1/文心 千帆/a+b|问=你好 ~&plus=1+1|host:h|1450e613cf90abdabfd02ff742fadefb3283f0fcd431408820960235ea43942a
            empty values|GET|/p|acl=&b|host:h|7db5e4cf79a65565cfb2b6501e17906820812f47121c6334f216bd36c1dc4c08
            a signature in the query|GET|/p|Authorization=bce-auth-v1/x&a=1|host:h|48194932bbacb653b83747035630bdb3989c6cb06776d69c9e828a11e5b88a3d
            repeated names|GET|/p|a=2&a=1&a=10|host:h|6d9f8d0afa034004ef330c7392fb3664b611187223f36cb84eb7621a434877be
            sorted after encoding|GET|/p|z=1&é=1&a_b=1&a-b=1&a=1|host:h|28cf002449f6cd15693ad0ae0e2f2ab8c6f9aafea4d30034074f05cb80de3c64
            trimmed headers|GET|/p||host: h ,x-bce-meta:  v  |b44401f1e2d21e66bab02f1bb461edac5fb29d4ae5b0bf6e75e264a07c2a9faa
            sorted headers|GET|/p||x-bce-a-b:2,X-Bce-A:1,host:h,Content-Type:application/json; charset=utf-8|da6a84afbee17c46f4e81a9dfbbe7a2ae9f4d3fbffd6bee9fc7a5e8e15621f32
            """)
    void every_request_has_its_signature(
            String name, String method, String path, @Nullable String query, String headers, String signature) {
        Signed request = new Signed(method, path, parameters(query), headers(headers));
        assertThat(BceSignature.of(request, SIGNING_KEY))
                .as(BceSignature.canonical(request))
                .isEqualTo(signature);
    }

    @Test
    void the_canonical_request_is_spelled_as_documented() {
        Signed request = new Signed(
                "POST",
                "/a b",
                List.of(new Parameter("k", ""), new Parameter("a", "=")),
                headers("Host:h:1,X-Bce-B: x "));
        assertThat(BceSignature.canonical(request)).isEqualTo("POST\n/a%20b\na=%3D&k=\nhost:h%3A1\nx-bce-b:x");
        assertThat(BceSignature.names(request)).isEqualTo("host;x-bce-b");
    }

    @Test
    void a_time_has_whole_seconds() {
        assertThat(BceSignature.time(Instant.parse("2026-11-24T10:00:59.999Z"))).isEqualTo("2026-11-24T10:00:59Z");
    }

    private static List<Parameter> parameters(@Nullable String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            String[] sides = part.split("=", 2);
            parameters.add(new Parameter(sides[0], sides.length == 1 ? "" : sides[1]));
        }
        return parameters;
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new HashMap<>();
        for (String line : text.split(",", -1)) {
            String[] sides = line.split(":", 2);
            headers.put(sides[0], sides[1]);
        }
        return headers;
    }
}
