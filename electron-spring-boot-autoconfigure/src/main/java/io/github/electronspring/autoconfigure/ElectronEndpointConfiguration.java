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

package io.github.electronspring.autoconfigure;

import java.util.List;

import io.github.electronspring.actuate.ElectronEndpoint;
import io.github.electronspring.actuate.ElectronStatistics;
import io.github.electronspring.actuate.ToolStatistics;
import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.tool.ElectronToolRegistry;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configuration of the {@link ElectronEndpoint}, where it is exposed.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(ElectronEndpoint.class)
@Import(ElectronStatisticsConfiguration.class)
class ElectronEndpointConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ToolStatistics electronToolStatistics(ElectronToolRegistry registry) {
		return new ToolStatistics((name) -> registry.getToolNames().contains(name));
	}

	@Bean
	@ConditionalOnMissingBean
	ElectronEndpoint electronEndpoint(ElectronProviders providers, ElectronStatistics statistics,
			ElectronToolRegistry registry, ToolStatistics toolStatistics) {
		return new ElectronEndpoint(providers.monitored(), statistics, () -> definitions(registry), toolStatistics);
	}

	private static List<ToolDefinition> definitions(ElectronToolRegistry registry) {
		return registry.getToolCallbacks().stream().map(ElectronEndpointConfiguration::definition).toList();
	}

	private static ToolDefinition definition(ToolCallback callback) {
		return ToolDefinition.function(callback.getToolDefinition().name(), callback.getToolDefinition().description(),
				callback.getToolDefinition().inputSchema());
	}

}
