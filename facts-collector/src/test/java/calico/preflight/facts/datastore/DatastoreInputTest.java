package calico.preflight.facts.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses and key files as they are typed, written and damaged. */
class DatastoreInputTest {

    private static final OptionalInt NO_USUAL_PORT = OptionalInt.empty();

    @TempDir
    Path temp;

    @Test
    void an_endpoint_is_a_scheme_a_host_and_a_port() throws InvalidAccessException {
        assertThat(Endpoint.of("https://etcd1:2379", NO_USUAL_PORT)).isEqualTo(new Endpoint("https", "etcd1", 2379));
        assertThat(Endpoint.of("http://[fd00::1]:2379/", NO_USUAL_PORT)).hasToString("http://[fd00::1]:2379");
        assertThat(Endpoint.of("https://api", OptionalInt.of(443))).hasToString("https://api:443");
    }

    @Test
    void what_is_no_endpoint_is_refused_and_a_password_not_repeated() {
        for (String text : new String[] {
            "etcd1:2379",
            "etcd1",
            "",
            "unix:///run/etcd.sock",
            "https://",
            "https://:2379",
            "https://etcd1",
            "https://etcd1:0",
            "https://etcd1:65536",
            "https://etcd 1:2379",
            "https://etcd1:2379/v3",
            "https://etcd1:2379?x",
            "https://u:hidden@etcd1:2379",
            "https://" + "a".repeat(400) + ":2379"
        }) {
            assertThatThrownBy(() -> Endpoint.of(text, NO_USUAL_PORT))
                    .as(text)
                    .isInstanceOf(InvalidAccessException.class)
                    .hasMessageNotContaining("hidden")
                    .hasMessageMatching("(?s).*[.?]");
        }
    }

    @Test
    void numbers_of_members_are_shown_as_etcd_shows_them_and_nonsense_is_none() {
        assertThat(EtcdTalk.hexadecimal("10276657743932975437")).isEqualTo("8e9e05c52164694d");
        assertThat(EtcdTalk.hexadecimal("99999999999999999999")).isNotEmpty();
        assertThat(EtcdTalk.hexadecimal("-1")).isEmpty();
        assertThat(EtcdTalk.hexadecimal("")).isEmpty();
    }

    @Test
    void a_damaged_key_is_refused_and_never_breaks_the_reader() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        Random random = new Random(7);
        Path file = temp.resolve("key.pem");
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = Arrays.copyOf(pkcs8, random.nextInt(pkcs8.length + 1));
            for (int j = 0; j < 3 && damaged.length > 0; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            for (String label : new String[] {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"}) {
                Files.writeString(file, pem(label, damaged));
                try {
                    assertThat(PrivateKeys.read(file)).isNotNull();
                } catch (InvalidAccessException refused) {
                    assertThat(refused).hasMessageContaining("of a form that is not known here");
                }
            }
        }
        Files.writeString(file, pem("PRIVATE KEY", pkcs8));
        assertThat(PrivateKeys.read(file).getEncoded()).isEqualTo(pkcs8);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
