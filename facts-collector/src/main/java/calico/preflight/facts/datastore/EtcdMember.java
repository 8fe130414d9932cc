package calico.preflight.facts.datastore;

import java.util.List;

/**
 * A member as its cluster lists it.
 *
 * @param id in hexadecimal
 * @param name empty where it was added, but never started
 * @param learner it follows without a vote
 * @param clientUrls where it says that clients find it
 */
record EtcdMember(String id, String name, boolean learner, List<String> clientUrls) {
    EtcdMember {
        clientUrls = List.copyOf(clientUrls);
    }

    /** What to call it. */
    String label() {
        return name.isEmpty() ? id : name;
    }
}
