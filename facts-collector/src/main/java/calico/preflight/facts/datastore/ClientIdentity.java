package calico.preflight.facts.datastore;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** The certificate by which a client shows who it is, and the private key that belongs to it. */
public final class ClientIdentity {

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Of files in PEM form.
     *
     * @param certificates the client's certificate, then those that lead to its authority, if any
     * @throws InvalidAccessException if the key file cannot be used, or is not that of the certificate
     */
    public static ClientIdentity of(List<X509Certificate> certificates, Path keyFile) throws InvalidAccessException {
        PrivateKey key = PrivateKeys.read(keyFile);
        if (!belongTogether(certificates.get(0), key)) {
            throw new InvalidAccessException("is not the key of the certificate that was given with it.");
        }
        return new ClientIdentity(certificates, key);
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        byte[] message = {1, 2, 3, 4};
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(message);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(message);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    /** The subject of the certificate; nothing of the key. */
    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().getName();
    }
}
