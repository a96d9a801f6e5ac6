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

package io.github.electronspring.observation;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnInterceptor;
import io.github.electronspring.turn.TurnRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

import org.springframework.util.Assert;

/**
 * Observes turns: makes of each an observation, whose parent is the caller's and which is
 * the parent of those of its rounds and tools, and a {@link TurnReport}. Where nobody
 * wants either it stays out of the way. Thread-safe.
 *
 * @author The Electron Spring authors
 * @see TurnObservationDocumentation
 */
public final class TurnObservation implements TurnInterceptor {

	private static final Log logger = LogFactory.getLog(TurnObservation.class);

	private static final TurnObservationConvention DEFAULT_CONVENTION = new DefaultTurnObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable TurnObservationConvention convention;

	private final Function<String, @Nullable TokenPrices> prices;

	private final List<TurnReportListener> listeners;

	private final LongSupplier nanoTime;

	private final AtomicBoolean failureLogged = new AtomicBoolean();

	/**
	 * Create an interceptor.
	 * @param registry where turns are observed, may be the one that does nothing
	 * @param convention how turns are observed, or {@code null} for the default
	 * @param prices the prices of a provider by its name, or {@code null} if they are not
	 * known
	 * @param listeners what learns of each turn at its end, in order
	 */
	public TurnObservation(ObservationRegistry registry, @Nullable TurnObservationConvention convention,
			Function<String, @Nullable TokenPrices> prices, List<TurnReportListener> listeners) {
		this(registry, convention, prices, listeners, System::nanoTime);
	}

	TurnObservation(ObservationRegistry registry, @Nullable TurnObservationConvention convention,
			Function<String, @Nullable TokenPrices> prices, List<TurnReportListener> listeners, LongSupplier nanoTime) {
		Assert.notNull(registry, "'registry' must not be null");
		this.registry = registry;
		this.convention = convention;
		this.prices = prices;
		this.listeners = List.copyOf(listeners);
		this.nanoTime = nanoTime;
	}

	@Override
	public Flux<TurnEvent> intercept(TurnRequest request, Flux<TurnEvent> turn) {
		if (this.registry.isNoop() && this.listeners.isEmpty()) {
			return turn;
		}
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super TurnEvent> actual) {
				TurnObservationContext context = new TurnObservationContext(request);
				Observation observation = start(context, actual);
				turn.subscribe(new ObservedTurn(actual, TurnObservation.this, context, observation));
			}

		};
	}

	private Observation start(TurnObservationContext context, CoreSubscriber<? super TurnEvent> actual) {
		Observation.Scope outer = this.registry.getCurrentObservationScope();
		try {
			Observation observation = TurnObservationDocumentation.TURN.observation(this.convention, DEFAULT_CONVENTION,
					() -> context, this.registry);
			start(observation, actual.currentContext()
				.getOrDefault(ObservationThreadLocalAccessor.KEY, this.registry.getCurrentObservation()));
			return observation;
		}
		catch (Throwable ex) {
			this.registry.setCurrentObservationScope(outer);
			failed(ex);
			return Observation.NOOP;
		}
	}

	private void start(Observation observation, @Nullable Observation parent) {
		if (parent == null || observation.isNoop()) {
			start(observation);
			return;
		}
		observation.parentObservation(parent);
		// Tracing takes the parent of a span from the current scope. Not 'scoped(…)':
		// what
		// is thrown is no error of the parent
		Observation.Scope scope = parent.openScope();
		try {
			start(observation);
		}
		finally {
			scope.close();
		}
	}

	private void start(Observation observation) {
		try {
			observation.start();
		}
		catch (Throwable ex) {
			// Some handlers may have begun
			guard(observation::stop);
			throw ex;
		}
	}

	Function<String, @Nullable TokenPrices> prices() {
		return this.prices;
	}

	long now() {
		return this.nanoTime.getAsLong();
	}

	/**
	 * End an observation and tell of it. Nothing that is thrown reaches the turn.
	 * @param observation the observation
	 * @param context what belongs to it
	 * @param report what is known of the turn
	 */
	void end(Observation observation, TurnObservationContext context, TurnReport report) {
		context.setReport(report);
		guard(() -> {
			if (report.error() != null) {
				observation.error(report.error());
			}
			observation.stop();
		});
		this.listeners.forEach((listener) -> guard(() -> listener.onReport(report)));
	}

	private void guard(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		Exceptions.throwIfJvmFatal(ex);
		if (this.failureLogged.compareAndSet(false, true)) {
			// Without its message, which may hold what was said
			logger.warn("What observes turns threw '%s'; further failures are not logged"
				.formatted(ex.getClass().getName()));
		}
	}

}
