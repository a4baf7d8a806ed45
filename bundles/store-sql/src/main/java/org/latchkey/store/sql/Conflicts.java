package org.latchkey.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.store.Store;
import org.latchkey.store.sql.Step.Row;

/** Finds out what stood in the way of a commit that the database refused. */
final class Conflicts {

    private Conflicts() {}

    static Store.Conflict stale(Row row) {
        return new Store.Conflict("", row.kind() + "/" + row.key() + " was changed by somebody else");
    }

    static Store.Conflict taken(Entry entry) {
        String kind = entry.row().kind();
        return new Store.Conflict(entry.field(), "another " + kind + " has this " + entry.field());
    }

    /** The reason as it is now; none if what stood in the way is gone, so that another attempt may succeed. */
    static Optional<Store.Conflict> reason(Connection connection, Plan plan) throws SQLException {
        for (Plan.Target target : plan.targets()) {
            if (ItemTable.version(connection, target.row()) != target.version()) {
                return Optional.of(stale(target.row()));
            }
        }
        List<Row> rows = plan.targets().stream().map(Plan.Target::row).toList();
        for (Plan.Target target : plan.targets()) {
            for (Entry entry : target.wanted()) {
                if (entry.unique() && isHeldOutside(rows, connection, entry)) {
                    return Optional.of(taken(entry));
                }
            }
        }
        return Optional.empty();
    }

    /** What an item of the same commit holds is its own, or it is about to let it go. */
    private static boolean isHeldOutside(List<Row> rows, Connection connection, Entry entry) throws SQLException {
        return Lookup.holder(connection, entry)
                .filter(key -> !rows.contains(new Row(entry.row().kind(), key)))
                .isPresent();
    }
}
