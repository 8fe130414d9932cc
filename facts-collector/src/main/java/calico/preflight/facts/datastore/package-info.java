/** What datastores answer when they are asked, from here and only where the user names them: etcd and the Kubernetes API. */
@NullMarked
package calico.preflight.facts.datastore;

import org.jspecify.annotations.NullMarked;
