package calico.preflight.facts.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468, and RFC 1421 for those with headers).
 *
 * @param label such as {@code CERTIFICATE}
 * @param encrypted its content can be read only with a password
 * @param content in Base64; empty where it is encrypted
 */
record Pem(String label, boolean encrypted, String content) {

    /** Bytes of a file; certificates of a whole company are a few hundred kilobytes. */
    private static final int LONGEST = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----((?:[^-]|-(?!----))*+)-----END \\1-----");
    private static final String ENCRYPTED = "ENCRYPTED";

    /**
     * The blocks of a file, in their order.
     *
     * @throws InvalidAccessException if it cannot be read, or a block is damaged; the message does not repeat its content
     */
    static List<Pem> read(Path file) throws InvalidAccessException {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(LONGEST + 1);
        } catch (NoSuchFileException e) {
            throw new InvalidAccessException("there is no such file.", e);
        } catch (AccessDeniedException e) {
            throw new InvalidAccessException("permission denied.", e);
        } catch (IOException e) {
            throw new InvalidAccessException("cannot be read: " + e.getMessage() + ".", e);
        }
        if (bytes.length > LONGEST) {
            throw new InvalidAccessException("is larger than " + LONGEST + " bytes.");
        }
        return blocks(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static List<Pem> blocks(String text) throws InvalidAccessException {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String label = matcher.group(1);
            if (label.startsWith(ENCRYPTED) || matcher.group(2).contains(ENCRYPTED)) {
                blocks.add(new Pem(label, true, ""));
                continue;
            }
            Pem block = new Pem(label, false, matcher.group(2));
            try {
                block.der();
                blocks.add(block);
            } catch (IllegalArgumentException e) {
                throw new InvalidAccessException("holds a damaged block " + label + ".", e);
            }
        }
        return blocks;
    }

    /** The content, in the distinguished encoding rules of ASN.1. */
    byte[] der() {
        return Base64.getMimeDecoder().decode(content);
    }
}
