"""A click group whose commands are imported only when they are invoked."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClosedPipe(Exception):
    """The reader of stdout has gone. Not an ``OSError``: click would end the process with 1 for that."""


class LazyGroup(click.Group):
    """A group that knows its commands by name, module and one line of help.

    Args:
        lazy: command name → (``module:attribute``, short help). The short help stands here a second time so that
            ``--help`` imports no command; a test keeps the two equal.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which they were declared."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None for an unknown name."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command.

        Raises:
            ClosedPipe: instead of BrokenPipeError.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ClosedPipe from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        rows = [(name, short_help) for name, (_, short_help) in self.lazy.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with the nearest name."""
        name = args[0]
        if not ctx.resilient_parsing and name not in self.lazy and not name.startswith("-"):
            self._fail_unknown(ctx, name)
        return super().resolve_command(ctx, args)

    def _fail_unknown(self, ctx: click.Context, name: str) -> NoReturn:
        import difflib

        near = difflib.get_close_matches(name, self.lazy, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"commands are {', '.join(self.lazy)}"
        raise click.UsageError(f"No such command {name!r}; {hint}", ctx)
