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

import java.util.Collections;

import io.github.electronspring.chat.ToolCallSettings;
import io.github.electronspring.tool.ElectronToolRegistry;

import org.springframework.ai.model.tool.autoconfigure.ToolCallingProperties;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.ai.tool.observation.ToolCallingObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the tools that the application registers.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
class ElectronToolConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ElectronToolRegistry electronToolRegistry(ConfigurableListableBeanFactory beanFactory) {
		return new ElectronToolRegistry(beanFactory);
	}

	@Bean
	RegisteredTools electronRegisteredTools(ElectronProperties properties, ElectronToolRegistry registry,
			ObjectProvider<ToolCallback> callbacks, ObjectProvider<ToolCallbackProvider> providers) {
		ElectronProperties.Tools tools = properties.getTools();
		return new RegisteredTools(tools.isAutoRegister() ? registry::getToolCallbacks : Collections::emptyList,
				tools.isIncludeCallbacks() ? () -> callbacks.orderedStream().toList() : Collections::emptyList,
				tools.isIncludeCallbacks() ? () -> providers.orderedStream().toList() : Collections::emptyList);
	}

	@Bean
	@ConditionalOnMissingBean
	ToolCallSettings electronToolCallSettings(ObjectProvider<ToolCallingProperties> properties,
			ObjectProvider<ToolExecutionExceptionProcessor> exceptionProcessor,
			ObjectProvider<ToolCallingObservationConvention> observationConvention) {
		return ToolCallSettingsMapper.map(properties.getIfAvailable(ToolCallingProperties::new),
				exceptionProcessor.getIfUnique(), observationConvention.getIfUnique());
	}

}
