package calico.preflight.facts.datastore;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads private keys as etcd's tools write them: PKCS#8 ({@code PRIVATE KEY}, RFC 5958), PKCS#1 ({@code RSA PRIVATE KEY},
 * RFC 8017) and SEC 1 ({@code EC PRIVATE KEY}, RFC 5915). Java reads only the first; the others are put into its envelope.
 */
final class PrivateKeys {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int NAMED_CURVE = 0xa0;
    private static final byte[] VERSION_0 = {2, 1, 0};

    /** The algorithm identifier 1.2.840.113549.1.1.1 with its empty parameters. */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** The object identifier 1.2.840.10045.2.1; that of the curve follows it. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private PrivateKeys() {}

    /** The first private key in the file. */
    static PrivateKey read(Path file) throws InvalidAccessException {
        for (Pem block : Pem.read(file)) {
            if (!block.label().endsWith("PRIVATE KEY")) {
                continue;
            }
            if (block.encrypted()) {
                throw new InvalidAccessException("the key is encrypted, and nobody is asked for passwords here; openssl"
                        + " pkey -in FILE -out OTHER writes it without.");
            }
            return switch (block.label()) {
                case "PRIVATE KEY" -> key(block.der());
                case "RSA PRIVATE KEY" -> key(envelope(RSA, block.der()));
                case "EC PRIVATE KEY" -> key(envelope(wrap(SEQUENCE, EC, curve(block.der())), block.der()));
                default -> throw unusable(block.label());
            };
        }
        throw new InvalidAccessException(
                "holds no private key in PEM form, which begins with a line such as" + " -----BEGIN PRIVATE KEY-----.");
    }

    private static InvalidAccessException unusable(String what) {
        return new InvalidAccessException("holds a " + what + " of a form that is not known here; openssl pkey -in FILE"
                + " -out OTHER writes one that is.");
    }

    private static PrivateKey key(byte[] pkcs8) throws InvalidAccessException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
                // It is of another algorithm.
            }
        }
        throw unusable("private key");
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return wrap(SEQUENCE, VERSION_0, algorithm, wrap(OCTETS, key));
    }

    /** The named curve of a SEC 1 key: what stands in its field [0], behind the version and the key itself. */
    private static byte[] curve(byte[] key) throws InvalidAccessException {
        Der fields = new Der(key, 0).inside();
        Der secret = fields.next();
        Der parameters = secret.next();
        if (!parameters.is(NAMED_CURVE)) {
            throw unusable("EC PRIVATE KEY");
        }
        return parameters.content();
    }

    /** One element of DER: a tag, a length, and so much content. */
    private static final class Der {

        private final byte[] bytes;
        private final int at;

        Der(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        boolean is(int tag) {
            return at < bytes.length && (bytes[at] & 0xff) == tag;
        }

        Der inside() throws InvalidAccessException {
            return new Der(bytes, begin());
        }

        Der next() throws InvalidAccessException {
            return new Der(bytes, begin() + length());
        }

        byte[] content() throws InvalidAccessException {
            return Arrays.copyOfRange(bytes, begin(), begin() + length());
        }

        private int begin() throws InvalidAccessException {
            int first = byteAt(at + 1);
            return at + 2 + (first < 0x80 ? 0 : first - 0x80);
        }

        private int length() throws InvalidAccessException {
            int first = byteAt(at + 1);
            int length = first;
            if (first >= 0x80) {
                length = 0;
                for (int i = 0; i < Math.min(first - 0x80, 3); i++) {
                    length = (length << 8) | byteAt(at + 2 + i);
                }
            }
            if (length > bytes.length - begin()) {
                throw unusable("EC PRIVATE KEY");
            }
            return length;
        }

        private int byteAt(int index) throws InvalidAccessException {
            if (index < 0 || index >= bytes.length) {
                throw unusable("EC PRIVATE KEY");
            }
            return bytes[index] & 0xff;
        }
    }

    private static byte[] wrap(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < 0x80) {
            element.write(length);
        } else {
            int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            element.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                element.write(length >> (8 * i));
            }
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
