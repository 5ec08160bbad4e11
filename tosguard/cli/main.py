"""The entry point: the command table, and what becomes of errors, signals and closed pipes."""

from __future__ import annotations

import gc
import os
import sys

from tosguard import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from tosguard.cli.answers import Call

#: Exit codes (see the README).
CLEAN, FINDINGS, WRONG_USAGE, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130

_COMMANDS = {
    "check": "Report what a change uses in a way that the terms restrict (for hooks and CI).",
    "audit": "Show the whole picture of a project for review.",
    "inventory": "List the providers, models, SDKs and data sets in use.",
    "explain": "Explain a rule, a usage pattern, or a usage or finding of the last run.",
    "rules": "List, show, compare, validate, test, lock and update rule packs.",
    "policy": "Fetch the providers' documents and compare them with the clauses the packs rest on.",
    "waive": "Record the decision to accept a finding.",
    "baseline": "Record the findings that exist today, so that only new ones are reported.",
    "graph": "Show the resolved call graph and what reaches which provider.",
    "init": "Write a configuration, a pre-commit entry and a CI workflow.",
    "catalog": "List, show and check what is known of SDKs, hosts, models and data sets.",
    "cache": "Show or remove the cache.",
}


def run() -> NoReturn:
    """Run the command line of this process and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        # Asked for by scripts and hooks all day: answered before click is imported.
        print(f"tosguard {__version__}")
        sys.exit(CLEAN)
    gc.disable()  # a process runs one command; collecting what the solver left behind took half as long as classifying
    if sys.argv[1:2] not in (["check"], ["audit"]):
        _end(main(sys.argv[1:]))
    from tosguard.cli.answers import Call
    from tosguard.cli.replay import replay

    call = Call(sys.argv[1:])
    known = replay(call)
    _end(main(sys.argv[1:], call) if known is None else known)


def _end(code: int) -> NoReturn:
    """Exit with a code. What is left in memory goes with the process and is not looked through for garbage."""
    gc.freeze()
    sys.exit(code)


def main(arguments: list[str], call: Call | None = None) -> int:
    """Run one command line.

    Args:
        arguments: the command line without the program's name.
        call: under which the answer is kept, None not to keep it.

    Returns:
        The exit code: 0 clean, 1 findings at or above the threshold, 2 wrong usage or configuration, 3 the analysis
        could not be completed, 130 interrupted.
    """
    import click

    from tosguard.cli.group import ClosedPipe, LazyGroup
    from tosguard.cli.output import abandon_stdout, say
    from tosguard.errors import TosguardError

    group = LazyGroup(
        "tosguard",
        lazy={name: (f"tosguard.cli.commands.{name}:command", help_) for name, help_ in _COMMANDS.items()},
        help="A linter for terms of service: finds the calls to model providers and data platforms in Python code,"
        " follows where their output goes, and checks the use against versioned rule packs.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
        no_args_is_help=True,
    )
    click.version_option(__version__, "-V", "--version", message="tosguard %(version)s")(group)
    try:
        result = group.main(arguments, prog_name="tosguard", standalone_mode=False, obj=call)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else error.message, err=True)
        return WRONG_USAGE
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; nothing was written")
        return INTERRUPTED
    except (ClosedPipe, BrokenPipeError):
        abandon_stdout()
        return CLEAN
    except TosguardError as error:
        say(f"error: {error}")
        return error.exit_code
    except RecursionError as error:
        return _unexpected(error)
    except Exception as error:
        return _unexpected(error)
    return result if isinstance(result, int) else CLEAN


def _unexpected(error: Exception) -> int:
    """One line for a defect of ours; the traceback only on request."""
    if os.environ.get("TOSGUARD_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    from tosguard.cli.output import say

    reason = " ".join(str(error).split())[:300]
    say(
        f"internal error: {type(error).__name__}: {reason}; this is a defect of tosguard {__version__}: please"
        " report it with the output of the same command under TOSGUARD_DEBUG=1"
    )
    return INCOMPLETE
