package io.erniegateway.ernie;

/**
 * Which server is asked. The self-hosted ones share one interface and differ in the fields they know, so that what only
 * one of them understands is sent to no other.
 */
public enum Dialect {
    /** Baidu's current interface, {@code /v2/chat/completions}, with an API key or an IAM key pair. */
    QIANFAN_V2(Api.QIANFAN_V2, "https://qianfan.baidubce.com/v2"),

    /**
     * Baidu's first interface, {@code /rpc/2.0/ai_custom/v1/wenxinworkshop/chat/…}, with an OAuth token or an IAM
     * signature. Announced to go offline on 2026-08-31; kept for old gateways that still offer it.
     */
    QIANFAN_V1(Api.QIANFAN_V1, "https://aip.baidubce.com"),

    /** Any OpenAI-compatible server, also SGLang; only fields that all of them know are sent. */
    OPENAI(Api.OPENAI, ""),

    /** A self-hosted open ERNIE behind Baidu's FastDeploy. */
    FASTDEPLOY(Api.OPENAI, ""),

    /** A self-hosted open ERNIE behind vLLM. */
    VLLM(Api.OPENAI, ""),

    /** A self-hosted open ERNIE behind llama.cpp's server, started with {@code --jinja}. */
    LLAMA_CPP(Api.OPENAI, ""),

    /** A self-hosted open ERNIE behind Ollama. */
    OLLAMA(Api.OPENAI, "");

    /** The three shapes of requests and answers. */
    public enum Api {
        QIANFAN_V2,
        QIANFAN_V1,
        OPENAI
    }

    private final Api api;
    private final String publicBaseUrl;

    Dialect(Api api, String publicBaseUrl) {
        this.api = api;
        this.publicBaseUrl = publicBaseUrl;
    }

    public Api api() {
        return api;
    }

    /** Baidu's public base URL for this dialect; empty for the others, which everybody hosts elsewhere. */
    public String publicBaseUrl() {
        return publicBaseUrl;
    }
}
