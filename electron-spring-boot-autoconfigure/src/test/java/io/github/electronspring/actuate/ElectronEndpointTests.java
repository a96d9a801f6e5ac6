/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.actuate;

import java.util.List;
import java.util.Map;

import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.turn.ToolCallStarted;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronEndpoint}.
 *
 * @author The Electron Spring authors
 */
class ElectronEndpointTests {

	private final ElectronStatistics statistics = new ElectronStatistics(List.of("electron"));

	private final ToolStatistics toolStatistics = new ToolStatistics((name) -> false);

	private RequestQuota quota = RequestQuota.local(QuotaSettings.of(Plan.STANDARD));

	@Test
	void describesProvider() {
		this.quota.throttled(null);
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		ProviderDescriptor provider = describe().providers().get(0);
		assertThat(provider.name()).isEqualTo("electron");
		assertThat(provider.model()).isEqualTo("electron-1");
		assertThat(provider.circuit()).isEqualTo(State.CLOSED);
		assertThat(provider.quota())
			.isEqualTo(new QuotaDescriptor("standard", new LimitDescriptor(0, 10), new LimitDescriptor(0, 3), 0, 1));
		assertThat(provider.usage().inputTokens()).isEqualTo(1200);
		assertThat(describe().requests()).hasSize(1);
	}

	@Test
	void baseUrlIsShownWithoutSecrets() {
		assertThat(describe().providers().get(0).baseUrl()).isEqualTo("https://example.com:8443/v1");
	}

	@Test
	void unlimitedPlanHasNoLimits() {
		this.quota = RequestQuota.local(QuotaSettings.of(Plan.UNLIMITED));
		QuotaDescriptor quota = describe().providers().get(0).quota();
		assertThat(quota.requestsPerMinute().limit()).isNull();
		assertThat(quota.concurrency().limit()).isNull();
	}

	@Test
	void toolsAreListedWithSchemaAndCalls() {
		this.toolStatistics.onEvent(new ToolCallStarted(1, ToolCall.function("call-1", "balance", "{}")));
		this.toolStatistics.onEvent(new ToolCallStarted(1, ToolCall.function("call-2", "weather", "{}")));
		assertThat(describe().tools()).containsExactly(
				new ToolDescriptor("balance", Map.of("type", "object"), new ToolCallsDescriptor(1, 0, 0)),
				new ToolDescriptor("transfer", null, ToolCallsDescriptor.NONE),
				new ToolDescriptor("weather", null, new ToolCallsDescriptor(1, 0, 0)));
	}

	@Test
	void canBeWrittenAsJson() {
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		JsonNode json = JsonMapper.shared().valueToTree(describe());
		assertThat(json.at("/usage/cacheRatio").asDouble()).isEqualTo(1024.0 / 1200);
		assertThat(json.at("/usage/cost").decimalValue()).isEqualByComparingTo("0.0003004");
		assertThat(json.at("/providers/0/quota/requestsPerMinute/limit").asInt()).isEqualTo(10);
		assertThat(json.at("/tools/0/schema/type").asString()).isEqualTo("object");
		assertThat(json.at("/requests/0/requestId").asString()).isEqualTo("req-1");
		assertThat(json.at("/requests/0/outcome").asString()).isEqualTo("SUCCESS");
	}

	private ElectronDescriptor describe() {
		MonitoredProvider provider = new MonitoredProvider("electron", "https://user:pass@example.com:8443/v1?key=x#y",
				"electron-1", this.quota, () -> State.CLOSED);
		return new ElectronEndpoint(List.of(provider), this.statistics,
				() -> List.of(ToolDefinition.function("balance", "Balance", "{\"type\":\"object\"}"),
						ToolDefinition.function("transfer", null, null)),
				this.toolStatistics)
			.electron();
	}

}
