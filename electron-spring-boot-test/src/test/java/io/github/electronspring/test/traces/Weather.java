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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.api.LogContext;
import io.github.electronspring.tool.ElectronTool;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.MDC;

import org.springframework.ai.tool.annotation.ToolParam;

/**
 * A tool that is observed inside and notes where it runs.
 *
 * @author The Electron Spring authors
 */
class Weather {

	static final String NOWHERE = "Nowhere";

	final List<String> threads = new CopyOnWriteArrayList<>();

	final List<String> requestIds = new CopyOnWriteArrayList<>();

	final List<String> conversationIds = new CopyOnWriteArrayList<>();

	final List<String> desks = new CopyOnWriteArrayList<>();

	private final ObservationRegistry registry;

	Weather(ObservationRegistry registry) {
		this.registry = registry;
	}

	@ElectronTool(description = "The weather in a city")
	String weather(@ToolParam(description = "name of the city") String city) {
		this.threads.add(Thread.currentThread().getName());
		this.requestIds.add(String.valueOf(MDC.get(LogContext.REQUEST_ID)));
		this.conversationIds.add(String.valueOf(MDC.get(LogContext.CONVERSATION_ID)));
		this.desks.add(String.valueOf(MDC.get("desk")));
		if (NOWHERE.equals(city)) {
			throw new IllegalArgumentException("marker-tool");
		}
		return Observation.createNotStarted("lookup", this.registry).observe(() -> "sunny");
	}

}
