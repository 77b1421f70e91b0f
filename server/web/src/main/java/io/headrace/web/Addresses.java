package io.headrace.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads addresses of peers, which are numbers, so nothing is looked up. */
final class Addresses {

    private Addresses() {}

    static boolean isLoopback(String address) {
        try {
            return isNumber(address) && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isNumber(String address) {
        return address.matches("[0-9.]{7,15}|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?]?");
    }
}
