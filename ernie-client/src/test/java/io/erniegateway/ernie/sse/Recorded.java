package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.Dialect;
import java.util.List;

/** Streams in the shape of recordings of each dialect, with everything in them that is awkward. */
record Recorded(String name, Dialect dialect, String stream) {

    static final String V2 = """
            : keep-alive

            data: {"id":"as-x1","object":"chat.completion.chunk","created":1780000000,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"你好"},"flag":0}]}

            data: {"id":"as-x1","object":"chat.completion.chunk","created":1780000000,"model":"m","choices":[{"index":0,"delta":{"delta_tag":"search_status"},"flag":0}]}

            data:{"id":"as-x1","choices":[{"index":0,"delta":{"content":"，世界 👩‍🚀𠮷"},"flag":1,"ban_round":-1}]}
            data: {"id":"as-x1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","flag":0}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}

            data: [DONE]

            """;

    static final String THINKING = """
            data: {"id":"as-x2","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"让我","content":null},"flag":0}]}

            data: {"id":"as-x2","choices":[{"index":0,"delta":{"reasoning_content":"想想","content":""},"flag":0}]}

            data: {"id":"as-x2","choices":[{"index":0,"delta":{"content":"四十二"},"flag":0}]}

            data: {"id":"as-x2","choices":[{"index":0,"delta":{"content":""},"finish_reason":"length","flag":0}],"usage":{"prompt_tokens":1,"completion_tokens":227,"total_tokens":228,"completion_tokens_details":{"reasoning_tokens":218}}}

            data: [DONE]
            """;

    static final String OPENAI =
            "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                    + "\"finish_reason\":null}]}\r\n\r\n"
                    + "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"嗯\"},"
                    + "\"finish_reason\":null}]}\r\n\r\n"
                    + "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"héllo\"},"
                    + "\"finish_reason\":null}]}\r\n\r\n"
                    + "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{},"
                    + "\"finish_reason\":\"stop\"}]}\r\n\r\n"
                    + "data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":4,"
                    + "\"completion_tokens\":5,\"total_tokens\":9}}\r\n\r\n"
                    + "data: [DONE]\r\n\r\n";

    static final String V1 = """
            data: {"id":"as-v1","object":"chat.completion","created":1690000000,"sentence_id":0,"is_end":false,"is_truncated":false,"result":"根据我的分析，","need_clear_history":false,"usage":{"prompt_tokens":7,"completion_tokens":4,"total_tokens":11}}

            data: {"id":"as-v1","object":"chat.completion","created":1690000001,"sentence_id":1,"is_end":false,"is_truncated":false,"result":"答案是四十二。","need_clear_history":false,"usage":{"prompt_tokens":7,"completion_tokens":6,"total_tokens":17}}

            data: {"id":"as-v1","object":"chat.completion","created":1690000002,"sentence_id":2,"is_end":true,"is_truncated":false,"result":"","need_clear_history":false,"usage":{"prompt_tokens":7,"completion_tokens":0,"total_tokens":17}}

            """;

    static final String V1_ERROR_LINE = """
            data: {"id":"as-v2","sentence_id":0,"is_end":false,"result":"开头"}

            {"error_code":336100,"error_msg":"server high load","id":"as-v2"}
            """;

    /** Token by token, with all that a string may hold, so that a template has something to do. */
    static final String TOKENS = """
            data: {"id":"as-x3","created":1780000000,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"第"},"flag":0}]}

            data: {"id":"as-x3","created":1780000000,"model":"m","choices":[{"index":0,"delta":{"content":"一，"},"flag":0}]}

            data: {"id":"as-x3","created":1780000009,"model":"m","choices":[{"index":0,"delta":{"content":"\\n\\"a\\"\\u4f60\\ud83d"},"flag":0}]}

            data: {"id":"as-x3","created":1780000010,"model":"m","choices":[{"index":0,"delta":{"content":"\\ude00é𠮷"},"flag":0}]}

            data: {"id":"as-x3","created":1780000010,"model":"m","choices":[{"index":0,"delta":{"content":""},"flag":0}]}

            data: {"id":"as-x3","created":1780000011,"model":"m","choices":[{"index":0,"delta":{"content":"完"},"flag":0}]}

            data: {"id":"as-x3","created":1780000011,"model":"m","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","flag":0}],"usage":{"prompt_tokens":1,"completion_tokens":9,"total_tokens":10}}

            data: [DONE]

            """;

    static final String TOOLS = """
            data: {"id":"as-t1","choices":[{"index":0,"delta":{"role":"assistant","content":"我查"},"flag":0}]}

            data: {"id":"as-t1","choices":[{"index":0,"delta":{"content":"一下"},"flag":0}]}

            data: {"id":"as-t1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"aa11","type":"function","function":{"name":"weather","arguments":""}}]},"flag":0}]}

            data: {"id":"as-t1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"city\\":"}},{"index":1,"id":"bb22","type":"function","function":{"name":"time","arguments":"{"}}]},"flag":0}]}

            data: {"id":"as-t1","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"}"}}]},"flag":0}]}

            data: {"id":"as-t1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\"北京\\"}"}}]},"flag":0}]}

            data: {"id":"as-t1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"tool_calls","flag":0}],"usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}}

            data: [DONE]

            """;

    static final String SEARCH = """
            data: {"id":"as-s1","choices":[{"index":0,"delta":{"content":"","delta_tag":"search_status"},"flag":0}]}

            data: {"id":"as-s1","choices":[{"index":0,"delta":{"content":"据报道"},"flag":0}],"search_results":[{"index":1,"url":"https://example.org/a","title":"甲"},{"index":2,"url":"https://example.org/b","title":"乙"}]}

            data: {"id":"as-s1","choices":[{"index":0,"delta":{"content":"，明天晴^[1]^"},"flag":0}],"search_results":[{"index":1,"url":"https://example.org/a","title":"甲"},{"index":2,"url":"https://example.org/b","title":"乙"}]}

            data: {"id":"as-s1","choices":[{"index":0,"delta":{"content":"。"},"finish_reason":"stop","flag":0}]}

            data: [DONE]

            """;

    static final String V1_FUNCTION = """
            data: {"id":"as-f1","object":"chat.completion","created":1710000000,"sentence_id":0,"is_end":true,"is_truncated":false,"result":"","need_clear_history":false,"finish_reason":"function_call","function_call":{"name":"weather","thoughts":"用户想知道天气","arguments":"{\\"city\\":\\"北京\\"}"},"usage":{"prompt_tokens":90,"completion_tokens":0,"total_tokens":121}}

            """;

    static final String V1_SEARCH = """
            data: {"id":"as-v3","sentence_id":0,"is_end":false,"result":"据报道","search_info":{"is_beset":0,"rewrite_query":"天气","search_results":[{"index":1,"url":"https://example.org/a","title":"甲","datasource_id":"x"}]}}

            data: {"id":"as-v3","sentence_id":1,"is_end":true,"result":"，晴。","search_info":{"is_beset":0,"rewrite_query":"天气","search_results":[{"index":1,"url":"https://example.org/a","title":"甲","datasource_id":"x"}]}}

            """;

    static List<Recorded> all() {
        return List.of(
                new Recorded("V2", Dialect.QIANFAN_V2, V2),
                new Recorded("V2 thinking", Dialect.QIANFAN_V2, THINKING),
                new Recorded("V2 tokens", Dialect.QIANFAN_V2, TOKENS),
                new Recorded("V2 tools", Dialect.QIANFAN_V2, TOOLS),
                new Recorded("V2 search", Dialect.QIANFAN_V2, SEARCH),
                new Recorded("V1 function", Dialect.QIANFAN_V1, V1_FUNCTION),
                new Recorded("V1 search", Dialect.QIANFAN_V1, V1_SEARCH),
                new Recorded("OpenAI", Dialect.OPENAI, OPENAI),
                new Recorded("V1", Dialect.QIANFAN_V1, V1),
                new Recorded("V1 with an error line", Dialect.QIANFAN_V1, V1_ERROR_LINE));
    }

    @Override
    public String toString() {
        return name;
    }
}
