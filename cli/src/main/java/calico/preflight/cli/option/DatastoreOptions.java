package calico.preflight.cli.option;

import calico.preflight.cli.console.UserException;
import calico.preflight.facts.datastore.ClientIdentity;
import calico.preflight.facts.datastore.Endpoint;
import calico.preflight.facts.datastore.InvalidAccessException;
import calico.preflight.facts.datastore.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which datastores are asked, and with what. Where none is given, nobody is contacted. */
public final class DatastoreOptions extends OptionGroup {

    private static final String ETCD = "--etcd-endpoints";
    private static final String ETCD_CA = "--etcd-ca-cert";
    private static final String ETCD_CERT = "--etcd-cert";
    private static final String ETCD_KEY = "--etcd-key";
    private static final String KUBERNETES = "--kube-apiserver";
    private static final String KUBERNETES_CA = "--kube-ca-cert";

    /** No cluster of etcd has so many members. */
    private static final int MOST_ENDPOINTS = 32;

    private static final OptionalInt HTTPS_PORT = OptionalInt.of(443);

    private final Several<String> etcd = list(
            ETCD,
            "URL",
            "ask this etcd, and the members that it names, from this machine, whatever the source: "
                    + "https://HOST:PORT or http://HOST:PORT (several: by commas, or repeatable). The variables of calicoctl "
                    + "are not read; --etcd-endpoints \"$ETCD_ENDPOINTS\" takes one");

    private final Single<Path> etcdAuthorities = path(
            ETCD_CA,
            "FILE",
            "certificates of the authorities that etcd's rest on, PEM (default: those that Java believes)");

    private final Single<Path> etcdCertificate = path(ETCD_CERT, "FILE", "client certificate for etcd, PEM");

    private final Single<Path> etcdKey =
            path(ETCD_KEY, "FILE", "its private key, PEM without a password: PKCS#8, PKCS#1 or SEC 1");

    private final Several<String> kubernetes = list(
            KUBERNETES,
            "URL",
            "ask this Kubernetes API server from this machine, as a stranger: https://HOST[:PORT] " + "(repeatable)");

    private final Single<Path> kubernetesAuthorities =
            path(KUBERNETES_CA, "FILE", "certificates of the authorities that those of the API server rest on, PEM");

    /** None is given yet. */
    public DatastoreOptions() {
        super(Section.DATASTORE);
    }

    /** Is there anybody to ask? */
    public boolean isGiven() {
        if (etcd.values().isEmpty()) {
            needs(ETCD, ETCD_CA, etcdAuthorities.value());
            needs(ETCD, ETCD_CERT, etcdCertificate.value());
            needs(ETCD, ETCD_KEY, etcdKey.value());
        }
        if (kubernetes.values().isEmpty()) {
            needs(KUBERNETES, KUBERNETES_CA, kubernetesAuthorities.value());
        }
        return !etcd.values().isEmpty() || !kubernetes.values().isEmpty();
    }

    private static void needs(String option, String given, Optional<Path> file) {
        if (file.isPresent()) {
            throw new UserException(given + " says how to ask, but not whom: " + option + " is missing.");
        }
    }

    /** The endpoints of etcd; empty: it is not asked. */
    public List<Endpoint> etcd() {
        return endpoints(ETCD, etcd.values(), OptionalInt.empty());
    }

    /** The API servers; empty: none is asked. */
    public List<Endpoint> kubernetes() {
        return endpoints(KUBERNETES, kubernetes.values(), HTTPS_PORT);
    }

    /** What connections to etcd rest on. */
    public Trust etcdTrust() {
        Trust trust = trust(ETCD, etcd(), ETCD_CA, etcdAuthorities.value());
        if (etcdCertificate.value().isPresent() != etcdKey.value().isPresent()) {
            throw new UserException(ETCD_CERT + " and " + ETCD_KEY + " go together; "
                    + (etcdKey.value().isPresent() ? ETCD_CERT : ETCD_KEY) + " is missing.");
        }
        if (etcdCertificate.value().isEmpty() || etcdKey.value().isEmpty()) {
            return trust;
        }
        refuseWithoutTls(ETCD, etcd(), ETCD_CERT);
        List<X509Certificate> chain =
                certificates(ETCD_CERT, etcdCertificate.value().get());
        try {
            return new Trust(
                    trust.authorities(),
                    Optional.of(ClientIdentity.of(chain, etcdKey.value().get())));
        } catch (InvalidAccessException e) {
            throw unusable(ETCD_KEY, etcdKey.value().get(), e);
        }
    }

    /** What connections to the API server rest on. */
    public Trust kubernetesTrust() {
        return trust(KUBERNETES, kubernetes(), KUBERNETES_CA, kubernetesAuthorities.value());
    }

    private static Trust trust(String option, List<Endpoint> endpoints, String given, Optional<Path> authorities) {
        if (authorities.isEmpty()) {
            return Trust.USUAL;
        }
        refuseWithoutTls(option, endpoints, given);
        return new Trust(certificates(given, authorities.get()), Optional.empty());
    }

    private static void refuseWithoutTls(String option, List<Endpoint> endpoints, String given) {
        if (endpoints.stream().noneMatch(Endpoint::isTls)) {
            throw new UserException(given + " is of use with https:// alone, but " + option + " names http:// only.");
        }
    }

    private static List<X509Certificate> certificates(String option, Path file) {
        try {
            return Trust.certificates(file);
        } catch (InvalidAccessException e) {
            throw unusable(option, file, e);
        }
    }

    private static UserException unusable(String option, Path file, InvalidAccessException e) {
        return new UserException(option + " " + file + ": " + e.getMessage(), e);
    }

    private static List<Endpoint> endpoints(String option, List<String> texts, OptionalInt usualPort) {
        List<String> mistakes = new ArrayList<>();
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (String text : texts) {
            try {
                endpoints.add(Endpoint.of(text.strip(), usualPort));
            } catch (InvalidAccessException e) {
                mistakes.add(option + ": " + e.getMessage());
            }
        }
        if (endpoints.size() > MOST_ENDPOINTS) {
            mistakes.add(option + " names " + endpoints.size() + " endpoints; " + MOST_ENDPOINTS + " are allowed.");
        }
        if (!mistakes.isEmpty()) {
            throw new UserException(String.join("\n", mistakes));
        }
        return List.copyOf(endpoints);
    }
}
