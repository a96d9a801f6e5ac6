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

package io.github.electronspring.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import org.springframework.util.StringUtils;

/**
 * A tool that is being called: on a thread of the executor, with the context of the
 * caller, until it ends or its time is over. What comes of it goes to the turn as a
 * signal.
 *
 * @author The Electron Spring authors
 */
final class ToolInvocation implements CoreSubscriber<String>, ToolExecution {

	private static final Log logger = LogFactory.getLog(ToolInvocation.class);

	private static final int MAX_PROGRESS = 100;

	private final ToolCalls calls;

	private final PendingCall pending;

	private final TurnTool tool;

	private final String arguments;

	private final long start = now();

	private final FutureTask<@Nullable Void> task = new FutureTask<>(this::call, null);

	private final Disposable.Swap timer = Disposables.swap();

	private final Disposable.Swap subscription = Disposables.swap();

	/** Whether the tool has ended or its time is over, whichever came first. */
	private final AtomicBoolean over = new AtomicBoolean();

	private final AtomicInteger said = new AtomicInteger();

	private volatile boolean cancelled;

	/** The thread that calls the tool, as long as it does. */
	private volatile @Nullable Thread caller;

	private @Nullable String result;

	/** What came of the tool while it was called. */
	private @Nullable Runnable outcome;

	ToolInvocation(ToolCalls calls, PendingCall pending, TurnTool tool, String arguments) {
		this.calls = calls;
		this.pending = pending;
		this.tool = tool;
		this.arguments = arguments;
	}

	void start() {
		Duration timeout = timeout();
		this.timer
			.update(Schedulers.parallel().schedule(() -> end(this::timedOut), timeout.toNanos(), TimeUnit.NANOSECONDS));
		try {
			this.calls.factory().settings().toolExecutor().execute(this.task);
		}
		catch (RejectedExecutionException ex) {
			onError(ToolCallException.told(ToolTexts.notStarted(name()), ex));
		}
	}

	boolean isSequential() {
		return this.tool.sequential();
	}

	boolean isInterruptible() {
		return this.tool.interruptible();
	}

	/**
	 * Stop the tool, unless it has to run to its end. Its result no longer counts.
	 */
	void cancel() {
		this.cancelled = true;
		this.timer.dispose();
		if (this.tool.interruptible()) {
			// Without an interrupt where the call is over: its thread may be the one here
			this.task.cancel(this.caller != null);
			disposeOutsideCall();
		}
	}

	/**
	 * Cancel what the tool has begun. As long as it is being called it is interrupted
	 * only: what it returns nevertheless has to be seen to be counted.
	 */
	private void disposeOutsideCall() {
		if (this.cancelled && this.caller == null && this.tool.interruptible()) {
			try {
				this.subscription.dispose();
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				// Without its message: it may hold what was said
				logger.warn("Tool '%s' threw '%s' when it was cancelled".formatted(name(), ex.getClass().getName()));
			}
		}
	}

	private void call() {
		Runnable call = () -> this.tool.call(this.arguments, this).subscribe(this);
		this.caller = Thread.currentThread();
		if (isCancelled()) {
			// What nobody waits for any more is not begun
			onError(ToolCallException.told(ToolTexts.notCarriedOut(name()), null));
			this.caller = null;
			if (this.outcome != null) {
				this.outcome.run();
			}
			return;
		}
		try {
			this.calls.factory().context().wrap(call).run();
		}
		catch (Throwable ex) {
			// Whatever is thrown here would be lost in the task, and the turn would hang
			onError(ex);
		}
		this.caller = null;
		disposeOutsideCall();
		if (this.outcome != null) {
			this.outcome.run();
		}
	}

	/**
	 * Take what came of the tool. The turn may go on at once on this thread, and not with
	 * what the tool and its observation have set on it.
	 * @param outcome what to do
	 */
	private void take(Runnable outcome) {
		if (Thread.currentThread() != this.caller) {
			outcome.run();
		}
		else if (this.outcome == null) {
			this.outcome = outcome;
		}
	}

	@Override
	public Context currentContext() {
		// A reactive tool may go on where no thread carries what the caller had set
		return this.calls.factory().context().updateContext(this.calls.turn().context());
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription.update(subscription::cancel);
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(String result) {
		this.result = result;
	}

	@Override
	public void onError(Throwable ex) {
		Duration duration = since();
		take(() -> end(new ToolOutcome(() -> failed(ex, duration), () -> tellLate(text(ex)))));
	}

	/**
	 * Tell what came of the tool after its turn. One that was interrupted has nothing to
	 * tell.
	 * @param result what came of it
	 */
	private void tellLate(String result) {
		if (!this.tool.interruptible() && this.pending.result() == null) {
			this.calls.turn().tellLate(this.pending.call(), result);
		}
	}

	private void failed(Throwable ex, Duration duration) {
		if (!(ex instanceof ToolCallException exception)) {
			this.calls.failed(this.pending, text(ex), duration, ex);
			return;
		}
		String result = exception.getResult();
		Throwable cause = exception.getCause();
		if (result == null && cause != null && this.pending.result() == null) {
			this.calls.turn().fail(cause);
			return;
		}
		this.calls.failed(this.pending, text(exception), duration, cause);
	}

	private String text(Throwable ex) {
		if (!(ex instanceof ToolCallException exception)) {
			return ToolTexts.failed(name(), ex);
		}
		String result = exception.getResult();
		Throwable cause = exception.getCause();
		return StringUtils.hasText(result) ? ToolTexts.result(name(), result)
				: ToolTexts.failed(name(), (cause != null) ? cause : exception);
	}

	@Override
	public void onComplete() {
		Duration duration = since();
		String value = (this.result != null) ? this.result : "";
		take(() -> succeeded(value, duration));
	}

	private void succeeded(String value, Duration duration) {
		Runnable late = () -> tellLate(ToolTexts.result(name(), value));
		if (!end(new ToolOutcome(() -> this.calls.succeeded(this.pending, value, duration), late))) {
			this.calls.factory().late().increment();
		}
	}

	private boolean end(Runnable action) {
		boolean first = this.over.compareAndSet(false, true);
		if (first) {
			this.timer.dispose();
			this.calls.turn().signal(action);
		}
		return first;
	}

	private void timedOut() {
		cancel();
		this.calls.failed(this.pending, ToolTexts.timedOut(name(), timeout()), since(), null);
	}

	private Duration timeout() {
		Duration own = this.tool.timeout();
		return (own != null) ? own : this.calls.factory().settings().toolTimeout();
	}

	private String name() {
		return this.pending.call().function().name();
	}

	@Override
	public String callId() {
		String id = this.pending.call().id();
		return (id != null) ? id : "";
	}

	@Override
	public int round() {
		return this.calls.round();
	}

	@Override
	public @Nullable Instant deadline() {
		return this.calls.factory().request().deadline();
	}

	@Override
	public Map<String, Object> context() {
		return this.calls.factory().request().toolContext();
	}

	@Override
	public void say(String text) {
		// A tool that talks in a loop must not pile up what a slow subscriber has yet to
		// ask for
		if (!text.isBlank() && this.said.incrementAndGet() <= MAX_PROGRESS) {
			this.calls.turn().signal(() -> {
				if (this.pending.result() == null) {
					this.calls.turn().emit(new ToolProgressed(round(), this.pending.call(), text));
				}
			});
		}
	}

	@Override
	public boolean isCancelled() {
		// The turn may not have come to cancel its tools yet
		return this.cancelled || this.calls.turn().isCancelled();
	}

	private Duration since() {
		return Duration.ofNanos(Math.max(0, now() - this.start));
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

}
