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

package io.github.electronspring.test.traces;

import io.github.electronspring.autoconfigure.ElectronAutoConfiguration;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.tracing.Tracer;

import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.observation.autoconfigure.ChatObservationAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;

/**
 * An application whose spans are exported, with two providers and a tool.
 *
 * @author The Electron Spring authors
 */
final class TracedApplication implements AutoCloseable {

	final Spans spans = new Spans();

	final ElectronSimulator electron = ElectronSimulator.builder().freeRunning(false).start();

	final ElectronSimulator openAi = ElectronSimulator.builder().freeRunning(false).validation(false).start();

	ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
					ObservationAutoConfiguration.class, WebClientAutoConfiguration.class,
					WebClientObservationAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
					ChatClientAutoConfiguration.class, ChatObservationAutoConfiguration.class,
					ToolCallingAutoConfiguration.class, ElectronAutoConfiguration.class))
			.withBean(Tracer.class, this.spans::tracer)
			.withBean(FirstMatchingCompositeObservationHandler.class, this.spans::handler)
			.withBean(Weather.class)
			.withPropertyValues("electron.api-key=" + this.electron.apiKey(),
					"electron.base-url=" + this.electron.baseUrl(), "electron.plan=unlimited",
					"electron.retry.min-backoff=5ms", "electron.providers.openai.api-key=sk_openai",
					"electron.providers.openai.base-url=" + this.openAi.openAiBaseUrl(),
					"electron.providers.openai.model=gpt-4o-mini");
	}

	@Override
	public void close() {
		this.electron.close();
		this.openAi.close();
		this.spans.close();
	}

}
