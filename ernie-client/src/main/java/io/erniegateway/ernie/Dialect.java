package io.erniegateway.ernie;

/** Which of the three HTTP interfaces the server speaks. */
public enum Dialect {
    /** Baidu's current interface, {@code /v2/chat/completions}, with an API key. */
    QIANFAN_V2("https://qianfan.baidubce.com/v2"),

    /**
     * Baidu's first interface, {@code /rpc/2.0/ai_custom/v1/wenxinworkshop/chat/…}, with an OAuth token. Announced to
     * go offline on 2026-08-31; kept for old gateways that still offer it.
     */
    QIANFAN_V1("https://aip.baidubce.com"),

    /** A self-hosted open ERNIE behind FastDeploy, vLLM, SGLang, llama.cpp or Ollama; often without any key. */
    OPENAI("");

    private final String publicBaseUrl;

    Dialect(String publicBaseUrl) {
        this.publicBaseUrl = publicBaseUrl;
    }

    /** Baidu's public base URL for this dialect; empty for {@link #OPENAI}, which everybody hosts elsewhere. */
    public String publicBaseUrl() {
        return publicBaseUrl;
    }
}
