package org.latchkey.procs.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.procs.json.Json;

public class ProcJsonTest {

    private static Proc read(String json) throws IOException {
        return ProcJson.read("/0", Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static void refuses(String pointer, String json) {
        assertThatExceptionOfType(Refusal.class)
                .as(json)
                .isThrownBy(() -> read(json))
                .satisfies(refusal -> assertThat(refusal.pointer()).isEqualTo(pointer));
    }

    @Test
    public void row114AProcIsReadAsItWasWritten() throws IOException {
        String full =
                "{'name':'deploy-1.x_y','description':'d','image_name':'registry.example:5000/ops/tool@sha256:ab',"
                        + "'env_vars':{'secrets':[{'name':'TOKEN','description':'t'}],'args':[{'name':'WHERE','description':''}]},"
                        + "'authorized_groups':['ops','staff'],'author':'a','contributors':'c','organization':'o',"
                        + "'command':['/bin/x','y z'],'executor':'local','timeout_seconds':60}";
        assertThat(ProcJson.write(read(full)).toString()).isEqualTo(full.replace('\'', '"'));
    }

    @Test
    public void row114WhatGoWritesForNothingIsNothing() throws IOException {
        Proc proc = read("{'name':'x','env_vars':{'secrets':null,'args':null},'authorized_groups':null,'author':null}");
        assertThat(proc.secrets()).isEmpty();
        assertThat(proc.groups()).isEmpty();
        assertThat(proc.author()).isEmpty();
        assertThat(read("{'name':'x','env_vars':null}").args()).isEmpty();
    }

    @Test
    public void row114WhatIsWrongIsPointedAt() {
        refuses("/0/name", "{}");
        refuses("/0/name", "{'name':'a/b'}");
        refuses("/0/name", "{'name':'" + "x".repeat(101) + "'}");
        refuses("/0/name", "{'name':7}");
        refuses("/0/Name", "{'Name':'x'}");
        refuses("/0/image_name", "{'name':'x','image_name':'a b'}");
        refuses("/0/env_vars/args/1/name", "{'name':'x','env_vars':{'args':[{'name':'A'},{'name':'A'}]}}");
        refuses("/0/env_vars/args/0/name", "{'name':'x','env_vars':{'args':[{'name':'A=B'}]}}");
        refuses("/0/env_vars/secrets/0/name", "{'name':'x','env_vars':{'secrets':[{'name':'USER_EMAIL'}]}}");
        refuses("/0/env_vars/secrets/0", "{'name':'x','env_vars':{'secrets':['A']}}");
        refuses("/0/authorized_groups/0", "{'name':'x','authorized_groups':[' ']}");
        refuses("/0/command/0", "{'name':'x','command':['']}");
        refuses("/0/command/1", "{'name':'x','command':['a','\\u0000']}");
        refuses("/0/timeout_seconds", "{'name':'x','timeout_seconds':0}");
        refuses("/0/timeout_seconds", "{'name':'x','timeout_seconds':1.5}");
        refuses("/0", "[]");
        refuses("", "{'name':'x'} {}");
    }
}
