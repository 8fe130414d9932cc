package calico.preflight.facts.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes rules of {@code nft -j} as nft itself would: {@code tcp dport { 22, 179 } ct state new accept}. */
final class NftText {

    private NftText() {}

    /** A whole rule; counters are left out. */
    static String of(JsonNode expressions) {
        List<String> parts = new ArrayList<>();
        for (JsonNode expression : expressions) {
            if (!expression.has("counter")) {
                parts.add(one(expression));
            }
        }
        return String.join(" ", parts);
    }

    /** One expression or statement; what there is no writing for stays JSON. */
    static String one(JsonNode node) {
        if (node.isArray()) {
            return joined(node, ",");
        }
        if (!node.isObject() || node.size() != 1) {
            return node.isValueNode() ? node.asText() : node.toString();
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        String name = only.getKey();
        JsonNode body = only.getValue();
        return switch (name) {
            case "match" -> match(body);
            case "vmap" -> one(body.path("key")) + " vmap " + one(body.path("data"));
            case "payload" ->
                body.has("field")
                        ? body.path("protocol").asText() + " "
                                + body.path("field").asText()
                        : node.toString();
            case "meta" ->
                body.path("key").asText().matches("[io]ifname|mark")
                        ? body.path("key").asText()
                        : "meta " + body.path("key").asText();
            case "ct" -> "ct " + body.path("key").asText();
            case "fib" ->
                "fib " + joined(body.path("flags"), " . ") + " "
                        + body.path("result").asText();
            case "set" -> body.isArray() ? "{ " + elements(body) + " }" : node.toString();
            case "range" -> joined(body, "-");
            case "prefix" -> body.path("addr").asText() + "/" + body.path("len").asText();
            case "concat" -> joined(body, " . ");
            case "&", "|", "^", "<<", ">>" -> joined(body, " " + name + " ");
            case "elem" -> one(body.path("val"));
            case "mangle" -> one(body.path("key")) + " set " + one(body.path("value"));
            case "jump", "goto" -> name + " " + body.path("target").asText();
            case "limit" ->
                "limit rate " + body.path("rate").asText() + "/"
                        + body.path("per").asText();
            case "xt" ->
                "xt " + body.path("type").asText() + " " + body.path("name").asText();
            case "reject" -> reject(body);
            case "accept", "drop", "return", "continue", "log", "notrack", "masquerade", "redirect", "queue" -> name;
            default -> node.toString();
        };
    }

    private static String match(JsonNode body) {
        String operator = body.path("op").asText();
        boolean shown = (!operator.equals("==") && !operator.equals("in"))
                || body.path("left").has("&");
        return one(body.path("left")) + " " + (shown ? operator + " " : "") + one(body.path("right"));
    }

    private static String reject(JsonNode body) {
        if (body.path("type").asText().equals("tcp reset")) {
            return "reject with tcp reset";
        }
        return body.has("expr")
                ? "reject with " + body.path("type").asText() + " "
                        + body.path("expr").asText()
                : "reject";
    }

    private static String elements(JsonNode set) {
        List<String> parts = new ArrayList<>();
        for (JsonNode element : set) {
            boolean pair = element.isArray() && element.size() == 2;
            parts.add(pair ? one(element.get(0)) + " : " + one(element.get(1)) : one(element));
        }
        return String.join(", ", parts);
    }

    private static String joined(JsonNode list, String by) {
        if (!list.isArray()) {
            return one(list);
        }
        List<String> parts = new ArrayList<>();
        list.forEach(part -> parts.add(one(part)));
        return String.join(by, parts);
    }
}
