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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.electronspring.protocol.ToolDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.util.Assert;

/**
 * {@link Endpoint @Endpoint} that shows providers, limits, tools, tokens and the last
 * requests. Neither keys nor what was said are part of it. Asks no other server.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
@Endpoint(id = "electron")
public final class ElectronEndpoint {

	private static final TypeReference<Map<String, Object>> SCHEMA = new TypeReference<>() {
	};

	private final List<MonitoredProvider> providers;

	private final ElectronStatistics statistics;

	private final Supplier<List<ToolDefinition>> tools;

	private final ToolStatistics toolStatistics;

	/**
	 * Create an endpoint.
	 * @param providers the providers, Electron first
	 * @param statistics what requests tell
	 * @param tools gives the tools that are registered, without asking another server
	 * @param toolStatistics what tools tell
	 */
	public ElectronEndpoint(List<MonitoredProvider> providers, ElectronStatistics statistics,
			Supplier<List<ToolDefinition>> tools, ToolStatistics toolStatistics) {
		Assert.notNull(providers, "'providers' must not be null");
		Assert.notNull(statistics, "'statistics' must not be null");
		Assert.notNull(tools, "'tools' must not be null");
		Assert.notNull(toolStatistics, "'toolStatistics' must not be null");
		this.providers = List.copyOf(providers);
		this.statistics = statistics;
		this.tools = tools;
		this.toolStatistics = toolStatistics;
	}

	/**
	 * Describe the providers and what they were asked for since the start.
	 * @return the description
	 */
	@ReadOperation
	public ElectronDescriptor electron() {
		List<ProviderDescriptor> providers = this.providers.stream()
			.map((provider) -> ProviderDescriptor.of(provider, this.statistics.provider(provider.name())))
			.toList();
		return new ElectronDescriptor(this.statistics.since(), this.statistics.usage(), providers, tools(),
				this.statistics.requests());
	}

	private List<ToolDescriptor> tools() {
		Map<String, ToolCallsDescriptor> calls = this.toolStatistics.calls();
		List<ToolDescriptor> tools = new ArrayList<>();
		for (ToolDefinition tool : this.tools.get()) {
			ToolCallsDescriptor own = calls.remove(tool.function().name());
			tools.add(new ToolDescriptor(tool.function().name(), schema(tool.function().parameters()),
					(own != null) ? own : ToolCallsDescriptor.NONE));
		}
		calls.forEach((name, own) -> tools.add(new ToolDescriptor(name, null, own)));
		return tools;
	}

	private static @Nullable Map<String, Object> schema(@Nullable String parameters) {
		return (parameters != null) ? JsonMapper.shared().readValue(parameters, SCHEMA) : null;
	}

}
