package calico.preflight.facts.datastore;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a TLS connection rests on.
 *
 * @param authorities whose certificates are believed; empty: those that Java believes
 * @param identity who asks; nothing: nobody in particular
 */
public record Trust(List<X509Certificate> authorities, Optional<ClientIdentity> identity) {

    /** Java's own authorities, and no certificate of the client. */
    public static final Trust USUAL = new Trust(List.of(), Optional.empty());

    public Trust {
        authorities = List.copyOf(authorities);
    }

    /**
     * The certificates in a PEM file, in their order; at least one.
     *
     * @throws InvalidAccessException if there is none, or one is damaged
     */
    public static List<X509Certificate> certificates(Path file) throws InvalidAccessException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem block : Pem.read(file)) {
            if (block.label().equals("CERTIFICATE")) {
                try {
                    certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.der())));
                } catch (CertificateException e) {
                    throw new InvalidAccessException("holds a damaged certificate.", e);
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new InvalidAccessException(
                    "holds no certificate in PEM form, which begins with the line -----BEGIN CERTIFICATE-----.");
        }
        return certificates;
    }
}
