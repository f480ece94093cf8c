"""What frozen values are made of that a dataclass would make too slowly, or too early."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Deferred", "Frozen"]

_T = TypeVar("_T")


class Deferred(Generic[_T]):
    """An attribute that is given as a value, or as a function that computes it on first access.

    A tuple of a function and its arguments will do too; it is faster to make than a function that binds them.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._slot = f"_{name}"

    def __get__(self, instance: object, owner: type | None = None) -> _T:
        value = getattr(instance, self._slot)
        if type(value) is tuple:
            function, *arguments = value
            value = function(*arguments)
            object.__setattr__(instance, self._slot, value)
        elif callable(value):
            value = value()
            object.__setattr__(instance, self._slot, value)
        return cast(_T, value)


class Frozen:
    """A frozen value. `__match_args__` names its attributes, in the order of the constructor's arguments."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        values = zip(self.__match_args__, self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in values)})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), self._values()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        # `dataclasses.asdict` copies what is no dataclass.
        return self

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)
