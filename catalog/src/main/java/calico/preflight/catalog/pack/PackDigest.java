package calico.preflight.catalog.pack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest of a pack: first over the YAML that it was made of, then over that and the rule files. Contents and their order
 * count; where the rules are installed makes no difference.
 */
final class PackDigest {

    private PackDigest() {}

    static String of(List<Pack> chain, List<byte[]> knowledge, List<byte[]> advisories) {
        MessageDigest digest = sha256();
        chain.forEach(pack -> add(digest, pack.source().id(), pack.yaml().bytes()));
        knowledge.forEach(content -> add(digest, "knowledge", content));
        advisories.forEach(content -> add(digest, "advisories", content));
        return text(digest);
    }

    static String with(String sources, List<ResolvedPack.RuleFile> files) {
        MessageDigest digest = sha256();
        add(digest, "sources", sources.getBytes(StandardCharsets.UTF_8));
        files.forEach(file -> add(digest, "inference", file.text().getBytes(StandardCharsets.UTF_8)));
        return text(digest);
    }

    private static String text(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String label, byte[] content) {
        digest.update((label + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }
}
