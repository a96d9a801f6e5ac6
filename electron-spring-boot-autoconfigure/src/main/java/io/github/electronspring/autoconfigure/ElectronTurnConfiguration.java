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

import java.util.concurrent.Executor;

import io.github.electronspring.turn.TurnSettings;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configuration of how tools are run.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
class ElectronTurnConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TurnSettings electronTurnSettings(ElectronProperties properties, Environment environment,
			@Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME) ObjectProvider<Executor> executor,
			ObjectProvider<ContextSnapshotFactory> contextSnapshotFactory,
			ObjectProvider<ContextRegistry> contextRegistry) {
		ElectronProperties.Tools tools = properties.getTools();
		return new TurnSettings(ToolExecutors.choose(executor.getIfAvailable(), environment), tools.getTimeout(),
				tools.isParallel(),
				contextSnapshotFactory.getIfUnique(() -> create(contextRegistry.getIfUnique(), tools)));
	}

	private static ContextSnapshotFactory create(@Nullable ContextRegistry registry, ElectronProperties.Tools tools) {
		return (registry != null) ? ContextSnapshotFactory.builder().contextRegistry(registry).build()
				: ToolContextPropagation.create(tools.isPropagateRequestAttributes());
	}

}
