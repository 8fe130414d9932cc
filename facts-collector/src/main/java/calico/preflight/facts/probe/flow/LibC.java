package calico.preflight.facts.probe.flow;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.NativeLong;

/** The calls of the C library that Java has no other way to: raw sockets, and datagrams that must stay whole. */
interface LibC extends Library {

    int socket(int family, int type, int protocol) throws LastErrorException;

    int setsockopt(int socket, int level, int option, byte[] value, int length) throws LastErrorException;

    int bind(int socket, byte[] address, int length) throws LastErrorException;

    int connect(int socket, byte[] address, int length) throws LastErrorException;

    NativeLong send(int socket, byte[] bytes, NativeLong length, int flags) throws LastErrorException;

    NativeLong recv(int socket, byte[] bytes, NativeLong length, int flags) throws LastErrorException;

    int poll(byte[] sockets, NativeLong count, int milliseconds) throws LastErrorException;

    int close(int socket) throws LastErrorException;
}
