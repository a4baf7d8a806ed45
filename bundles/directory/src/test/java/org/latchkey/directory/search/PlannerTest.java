package org.latchkey.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.api.Entity;

public class PlannerTest {

    @Test
    public void theNarrowestConditionIsLookedUp() {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("*", "all");
        table.put("id:*", "all");
        table.put("ID:Ada", "id=ada");
        table.put("id:a*", "id=a..");
        table.put("id:ab?d", "id=ab..");
        table.put("id:*a", "all");
        table.put("meta.DisplayName:\"Ada L\"*", "meta.display_name=ada l..");
        table.put("meta.shell:/bin/sh", "all");
        table.put("kv.x:y", "all");
        table.put("key.ssh:y", "all");
        table.put("locked:true", "all");
        table.put("-id:a", "all");
        table.put("number:7", "number 7..7");
        table.put("number:>=7", "number 7..");
        table.put("number:>=1000 locked:true number:<2000 number:>1500", "number 1501..1999");
        table.put("group:Staff", "group=staff");
        table.put("group:st*", "group=st*");
        table.put("locked:true group:staff", "group=staff");
        table.put("group:staff id:ada", "id=ada");
        table.put("group:staff id:a*", "group=staff");
        table.put("id:abcdefgh* group:staff", "id=abcdefgh..");
        table.put("(id:a OR id:b) locked:true", "id=a, id=b");
        table.put("id:a OR id:b* OR group:c", "id=a, id=b.., group=c");
        table.put("id:a OR id:a", "id=a");
        table.put("id:a OR locked:true", "all");
        table.put("id:a OR -id:b", "all");
        table.put("ada", "id=ada, meta.display_name=ada, meta.legal_name=ada, meta.gecos=ada, meta.badge_number=ada");
        table.put(
                "ada*",
                "id=ada.., meta.display_name=ada.., meta.legal_name=ada.., meta.gecos=ada.., meta.badge_number=ada..");
        table.put("*ada*", "all");
        table.put("ada* group:staff", "group=staff");
        table.put(
                "ada group:staff",
                "id=ada, meta.display_name=ada, meta.legal_name=ada, meta.gecos=ada," + " meta.badge_number=ada");
        table.put("id:" + "x".repeat(300), "id=" + "x".repeat(256));
        table.put(IntStream.range(0, 17).mapToObj(i -> "id:a" + i).collect(Collectors.joining(" OR ")), "all");
        table.forEach((query, plan) -> assertThat(shown(query)).as(query).isEqualTo(plan));
    }

    private static String shown(String query) {
        List<Source<Entity>> plan = Planner.plan(Parser.parse(query, EntityFields.vocabulary()));
        return plan.stream().map(PlannerTest::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Source<Entity> source) {
        if (source instanceof ExactSource<Entity> exact) {
            return exact.field().name() + "=" + exact.value();
        }
        if (source instanceof PrefixSource<Entity> prefix) {
            return prefix.field().name() + "=" + prefix.prefix() + "..";
        }
        if (source instanceof NumberSource<Entity> number) {
            return "number " + number.first() + ".." + (number.last() == Long.MAX_VALUE ? "" : number.last());
        }
        return source instanceof GroupSource<Entity> group ? "group=" + group.glob() : "all";
    }
}
