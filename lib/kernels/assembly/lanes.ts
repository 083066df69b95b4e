// Operations on V, which is a register of numbers of type T (v128) or one number (T): a loop written with them once
// goes over whole registers and then over the rest with the same bits.

// @ts-ignore: decorator
@inline export function add<T, V>(a: V, b: V): V {
  if (isVector<V>()) return v128.add<T>(a, b);
  return a + b;
}

// @ts-ignore: decorator
@inline export function sub<T, V>(a: V, b: V): V {
  if (isVector<V>()) return v128.sub<T>(a, b);
  return a - b;
}

// @ts-ignore: decorator
@inline export function mul<T, V>(a: V, b: V): V {
  if (isVector<V>()) return v128.mul<T>(a, b);
  return a * b;
}

// @ts-ignore: decorator
@inline export function div<T, V>(a: V, b: V): V {
  if (isVector<V>()) return v128.div<T>(a, b);
  return a / b;
}

// @ts-ignore: decorator
@inline export function squareRoot<T, V>(a: V): V {
  if (isVector<V>()) return v128.sqrt<T>(a);
  return sqrt<V>(a);
}

// the larger and the smaller of two numbers; NaN if one is
// @ts-ignore: decorator
@inline export function larger<T, V>(a: V, b: V): V {
  if (isVector<V>()) return v128.max<T>(a, b);
  return max<V>(a, b);
}

// @ts-ignore: decorator
@inline export function smaller<T, V>(a: V, b: V): V {
  if (isVector<V>()) return v128.min<T>(a, b);
  return min<V>(a, b);
}
