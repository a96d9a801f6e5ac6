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

import io.github.electronspring.turn.TurnLogContextAccessor;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;

import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.web.context.request.RequestAttributesThreadLocalAccessor;

/**
 * Makes what carries the context of the caller to the threads of tools: all that is
 * registered with Micrometer (observation and security register themselves), the
 * diagnostic context of the log with what the turn adds to it, the locale, and the
 * attributes of the request when they are asked for. The registry of the application
 * stays as it is, because these would then be carried everywhere.
 *
 * @author The Electron Spring authors
 */
final class ToolContextPropagation {

	private ToolContextPropagation() {
	}

	static ContextSnapshotFactory create(boolean requestAttributes) {
		ContextRegistry registry = new ContextRegistry();
		ContextRegistry global = ContextRegistry.getInstance();
		global.getContextAccessors().forEach(registry::registerContextAccessor);
		global.getThreadLocalAccessors().forEach(registry::registerThreadLocalAccessor);
		register(registry, new Slf4jThreadLocalAccessor());
		// Takes the last place: what carries the whole diagnostic context would replace
		// it
		registry.registerThreadLocalAccessor(new TurnLogContextAccessor());
		register(registry, new LocaleContextThreadLocalAccessor());
		if (requestAttributes) {
			register(registry, new RequestAttributesThreadLocalAccessor());
		}
		return ContextSnapshotFactory.builder().contextRegistry(registry).build();
	}

	private static void register(ContextRegistry registry, ThreadLocalAccessor<?> accessor) {
		boolean present = registry.getThreadLocalAccessors()
			.stream()
			.anyMatch((other) -> other.key().equals(accessor.key()));
		if (!present) {
			registry.registerThreadLocalAccessor(accessor);
		}
	}

}
