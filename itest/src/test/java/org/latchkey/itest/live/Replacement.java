package org.latchkey.itest.live;

/**
 * One replacement of a plugin. Times are of {@link System#nanoTime()}.
 *
 * @param tag of the jar that was dropped
 * @param dropped when it was renamed into place
 * @param settled when it served or, if it is broken, when it was gone and the one before served again
 * @param reason why it was rejected, empty if it is good
 */
public record Replacement(
        String plugin, int number, String tag, Manner manner, long dropped, long settled, String reason) {

    public long millis() {
        return (settled - dropped) / 1_000_000;
    }

    /** Whether a request was under way while this revision could be serving. */
    public boolean overlaps(Load.Sample sample) {
        return sample.sent() <= settled && sample.ended() >= dropped;
    }
}
