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

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;

/**
 * The spans that were ended, as an exporter gets them.
 *
 * @author The Electron Spring authors
 */
final class Spans implements AutoCloseable {

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private final SdkTracerProvider provider = SdkTracerProvider.builder()
		.addSpanProcessor(SimpleSpanProcessor.create(this.exporter))
		.build();

	private final io.opentelemetry.api.trace.Tracer otelTracer = this.provider.get("test");

	private final Tracer tracer = new OtelTracer(this.otelTracer, new OtelCurrentTraceContext(), (event) -> {
	});

	Tracer tracer() {
		return this.tracer;
	}

	FirstMatchingCompositeObservationHandler handler() {
		ContextPropagators propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
		return new FirstMatchingCompositeObservationHandler(
				new PropagatingSenderTracingObservationHandler<>(this.tracer,
						new OtelPropagator(propagators, this.otelTracer)),
				new DefaultTracingObservationHandler(this.tracer));
	}

	/**
	 * Return all spans in the order in which they began.
	 */
	List<SpanData> all() {
		return this.exporter.getFinishedSpanItems()
			.stream()
			.sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
			.toList();
	}

	List<SpanData> named(String name) {
		return all().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	SpanData one(String name) {
		List<SpanData> spans = named(name);
		if (spans.size() != 1) {
			throw new AssertionError("%d spans '%s' in%n%s".formatted(spans.size(), name, this));
		}
		return spans.get(0);
	}

	/**
	 * Return the names of a span and of all above it, from the top.
	 */
	String path(SpanData span) {
		return all().stream()
			.filter((other) -> other.getSpanId().equals(span.getParentSpanId()))
			.findFirst()
			.map((parent) -> path(parent) + " > " + span.getName())
			.orElse(span.getName());
	}

	List<String> paths() {
		return all().stream().map(this::path).toList();
	}

	static Map<String, String> attributes(SpanData span) {
		Map<String, String> attributes = new TreeMap<>();
		span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), String.valueOf(value)));
		return attributes;
	}

	static List<String> events(SpanData span) {
		return span.getEvents().stream().map((event) -> event.getName()).toList();
	}

	void reset() {
		this.exporter.reset();
	}

	@Override
	public void close() {
		this.provider.close();
	}

	@Override
	public String toString() {
		return String.join("\n", paths());
	}

}
