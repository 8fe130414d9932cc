package calico.preflight.facts.datastore;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes part in the handshakes with one endpoint, and tells afterwards what was wrong. The exceptions of a failed handshake
 * mix up who is not believed, who has another name and who asks for a certificate; here each shows at its own step.
 */
final class TlsWatch {

    private static final String ALIAS = "client";

    /** Names in a certificate that are shown. */
    private static final int MOST_NAMES = 8;

    private final Endpoint endpoint;
    private final Trust trust;
    private volatile boolean certificateAskedFor;
    private volatile Optional<TlsProblem> problem = Optional.empty();

    TlsWatch(Endpoint endpoint, Trust trust) {
        this.endpoint = endpoint;
        this.trust = trust;
    }

    /** What the certificate of the endpoint lacks; nothing where it is right, or none was shown. */
    Optional<TlsProblem> problem() {
        return problem;
    }

    /** Did the endpoint ask who we are? */
    boolean certificateAskedFor() {
        return certificateAskedFor;
    }

    /** Are we able to say who we are? */
    boolean identified() {
        return trust.identity().isPresent();
    }

    /** For connections that this watches. */
    SSLContext context() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities());
            X509ExtendedTrustManager checks = Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new Showing()}, new TrustManager[] {new Believing(checks)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** The given authorities; nothing: those of Java. */
    @SuppressWarnings("NullAway") // null is how the JDK is asked for its own authorities
    private KeyStore authorities() throws GeneralSecurityException, IOException {
        if (trust.authorities().isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < trust.authorities().size(); i++) {
            store.setCertificateEntry("authority-" + i, trust.authorities().get(i));
        }
        return store;
    }

    private void noteDistrust(X509Certificate[] chain, CertificateException e) {
        X509Certificate certificate = chain[0];
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                note(
                        "expired",
                        "has a certificate that expired, its own or one that it rests on; its own is valid until "
                                + certificate.getNotAfter().toInstant());
                return;
            }
            if (cause instanceof CertificateNotYetValidException) {
                note(
                        "not-yet-valid",
                        "has a certificate that is not valid yet, by the clock of this host; its own is valid from "
                                + certificate.getNotBefore().toInstant());
                return;
            }
        }
        String issuer = Words.line(certificate.getIssuerX500Principal().getName());
        note(
                "untrusted",
                "has a certificate that was issued by " + issuer + ", which "
                        + (trust.authorities().isEmpty()
                                ? "is none of the usual authorities, and no other was given"
                                : "is not, and does not rest on, the authority that was given"));
    }

    private void noteName(X509Certificate[] chain) {
        note(
                "wrong-name",
                "has a certificate for " + Words.line(names(chain[0])) + ", not for " + endpoint.hostToResolve());
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null && !names.isEmpty()) {
                return names.stream()
                        .map(name -> String.valueOf(name.get(1)))
                        .limit(MOST_NAMES)
                        .collect(Collectors.joining(", "));
            }
        } catch (CertificateException e) {
            return "names that cannot be read";
        }
        return "no host";
    }

    private void note(String word, String why) {
        problem = Optional.of(new TlsProblem(word, why));
    }

    /** First whether the certificate is believed, whoever it is for; then whether it is for this host. */
    private final class Believing extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager checks;

        Believing(X509ExtendedTrustManager checks) {
            this.checks = checks;
        }

        private void believed(X509Certificate[] chain, String authType) throws CertificateException {
            try {
                checks.checkServerTrusted(chain, authType);
            } catch (CertificateException e) {
                noteDistrust(chain, e);
                throw e;
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            believed(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("handshakes here are those of engines");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            believed(chain, authType);
            try {
                checks.checkServerTrusted(chain, authType, engine);
            } catch (CertificateException e) {
                noteName(chain);
                throw e;
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return checks.getAcceptedIssuers();
        }
    }

    /** Shows the client's certificate to whoever asks, and remembers that it was asked for. */
    @SuppressWarnings("NullAway") // null is the JDK's word for nothing here
    private final class Showing extends X509ExtendedKeyManager {

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            certificateAskedFor = true;
            return trust.identity()
                    .filter(identity ->
                            List.of(keyTypes).contains(identity.key().getAlgorithm()))
                    .map(identity -> ALIAS)
                    .orElse(null);
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return trust.identity().map(ClientIdentity::chain).orElse(null);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return trust.identity().map(ClientIdentity::key).orElse(null);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }
    }
}
